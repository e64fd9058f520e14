import { z } from 'zod';
import { ConfigurationProblemAnswer } from './configuration-answers.js';

const ProblemAnswer = z.strictObject({ path: z.string(), problem: z.string() }).meta({ id: 'Problem' });

/** What is answered where something is refused: a word for programs, where it was in what was sent, and what is said beside it of some words. */
export const RefusedAnswer = z
  .looseObject({
    error: z.string(),
    problems: z.array(z.union([ProblemAnswer, ConfigurationProblemAnswer])).optional(),
    permission: z.string().optional(),
    seconds: z.int().optional(),
    version: z.int().optional(),
    as: z.string().optional(),
    id: z.string().optional(),
    policy: z.string().optional(),
    running: z.string().optional(),
    said: z.string().optional(),
    reason: z.string().optional(),
    file: z.string().optional(),
  })
  .meta({ id: 'Refused' });
