import {
  CANNOT_SAVE,
  CONFIGURATION_CONSEQUENCES,
  CONFIGURATION_ORIGINS,
  type ComparedLine,
  type ConfigurationChange,
  type ConfigurationCheck,
  type ConfigurationConsequence,
  type ConfigurationOutline,
  type ConfigurationProblem,
  type ConfigurationSaved,
  type ConfigurationState,
  type ConfigurationVersion,
  type ConfigurationVersionShown,
  type Sync2Draft,
} from '@sync-hub/contracts';
import { z } from 'zod';
import { exactly } from '../exactly.js';
import { moment, names, text } from './parts.js';

export const ConfigurationStateAnswer = exactly<ConfigurationState>()(
  z.strictObject({
    file: z.string(),
    text,
    base: z.string(),
    cannotSave: z.enum(CANNOT_SAVE).nullable(),
    isInForce: z.boolean(),
    refused: names,
    behind: names,
    version: z.int().nullable(),
  }),
).meta({ id: 'ConfigurationState' });

/** JSON Schema, in its own words. */
export const ConfigurationSchemaAnswer = z.record(z.string(), z.unknown());

const ofVersion = {
  version: z.int(),
  at: moment,
  from: z.enum(CONFIGURATION_ORIGINS),
  by: text,
  why: text,
  of: z.int().nullable(),
  paths: names,
};

const Version = exactly<ConfigurationVersion>()(z.strictObject(ofVersion)).meta({ id: 'ConfigurationVersion' });

export const ConfigurationVersionsAnswer = z.strictObject({ versions: z.array(Version) });

const Line = exactly<ComparedLine>()(z.strictObject({ in: z.enum(['both', 'before', 'after']), text: z.string() })).meta({ id: 'ComparedLine' });

export const ConfigurationVersionAnswer = exactly<ConfigurationVersionShown>()(z.strictObject({ ...ofVersion, text, sinceBefore: z.array(Line) })).meta({
  id: 'ConfigurationVersionShown',
});

export const ConfigurationProblemAnswer = exactly<ConfigurationProblem>()(
  z.strictObject({ path: z.string(), line: z.int().nullable(), column: z.int().nullable(), found: z.string(), allowed: z.string(), didYouMean: text }),
).meta({ id: 'ConfigurationProblem' });

const Change = exactly<ConfigurationChange>()(
  z.strictObject({ path: z.string(), what: z.enum(['added', 'removed', 'changed']), before: text, after: text }),
).meta({ id: 'ConfigurationChange' });

const Consequence = exactly<ConfigurationConsequence>()(
  z.strictObject({ code: z.enum(CONFIGURATION_CONSEQUENCES), at: z.string(), count: z.int().nullable() }),
).meta({ id: 'ConfigurationConsequence' });

const windows = z.array(z.strictObject({ days: names, from: z.string(), to: z.string() }));

const Outline = exactly<ConfigurationOutline>()(
  z.strictObject({
    sites: z.array(z.strictObject({ id: z.string(), pollSeconds: z.number(), windows })),
    links: z.array(z.strictObject({ id: z.string(), mode: z.enum(['observe', 'live']), pull: windows, push: windows, policy: text })),
    policy: text,
  }),
).meta({ id: 'ConfigurationOutline' });

export const ConfigurationCheckAnswer = exactly<ConfigurationCheck>()(
  z.strictObject({
    problems: z.array(ConfigurationProblemAnswer),
    changes: z.array(Change),
    consequences: z.array(Consequence),
    lines: z.array(Line),
    outline: Outline.nullable(),
  }),
).meta({ id: 'ConfigurationCheck' });

/** `same`: the file says so already. */
export const ConfigurationSavedAnswer = exactly<Extract<ConfigurationSaved, { readonly kind: 'saved' | 'same' }>>()(
  z.union([z.strictObject({ kind: z.literal('saved'), version: z.int() }), z.strictObject({ kind: z.literal('same') })]),
).meta({ id: 'ConfigurationSaved' });

export const ConfigurationEditedAnswer = z.strictObject({ text: z.string() });

export const Sync2DraftAnswer = exactly<Sync2Draft>()(
  z.strictObject({ text: z.string(), notes: z.array(z.strictObject({ kind: z.string(), where: z.string(), what: z.string() })) }),
).meta({ id: 'Sync2Draft' });
