import { ConfigurationEdit, Sync2ToImport } from '@sync-hub/contracts';
import { z } from 'zod';
import { Name } from '../conflicts/conflict-bodies.js';

/** Longer than any configuration that somebody could still read. */
const Text = z.string().max(900_000);
const Base = z.string().min(1).max(200);
const Why = z.string().trim().min(1).max(500);
const by = Name.optional();

export const CheckBody = z.strictObject({ text: Text });
export const SaveBody = z.strictObject({ text: Text, base: Base, why: Why, by });
export const RollBackBody = z.strictObject({ version: z.int().positive(), base: Base, why: Why, by });
export const EditBody = z.strictObject({ text: Text, edits: z.array(ConfigurationEdit).min(1).max(20) });
export const ImportBody = Sync2ToImport;
