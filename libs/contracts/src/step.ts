import { z } from 'zod';

/** The walk of a change as W3C's trace context names one: 32 hexadecimal digits, not all of them zero. It is the id of the change that was first seen, without its dashes. */
export const TraceId = z.string().regex(/^(?!0{32})[0-9a-f]{32}$/, 'is a trace: 32 hexadecimal digits');
export type TraceId = z.infer<typeof TraceId>;

const count = z.int().min(0);

/** What one handling of one message came to: which attempt it was, milliseconds, and bytes of bodies that came from sites and went to them. */
export const StepDone = z.object({ attempt: z.int().positive(), tookMs: count, bytesRead: count, bytesWritten: count });
export type StepDone = z.infer<typeof StepDone>;

/** A row's id as a trace. */
export const traceOf = (id: string): TraceId => id.replaceAll('-', '');
