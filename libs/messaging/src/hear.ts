import { type AnyMessage, ContractError, type PayloadFor, STAGES, type StageName, type StageSpec } from '@sync-hub/contracts';
import type { Envelope } from './envelope.js';

/** What a stage makes of an envelope: a payload it knows, a version another release will take, or nothing it can use. */
export type Heard<Name extends StageName> =
  | { readonly kind: 'payload'; readonly payload: PayloadFor<Name> }
  | { readonly kind: 'other-version' }
  | { readonly kind: 'unfit'; readonly error: ContractError };

/** Reads an envelope tolerantly, by the contract of its name. Never throws. */
export function hear<Name extends StageName>(stage: Name, { type, payload }: Envelope): Heard<Name> {
  const { consumes }: StageSpec = STAGES[stage];
  const contract = consumes.find(({ name }) => name === type);
  if (contract === undefined) {
    if (consumes.some((known) => baseName(known.name) === baseName(type))) return { kind: 'other-version' };
    return { kind: 'unfit', error: new ContractError(`stage ${stage} does not consume messages of this name`) };
  }
  return receive(contract, payload);
}

function receive<Name extends StageName>(contract: AnyMessage, payload: unknown): Heard<Name> {
  try {
    return { kind: 'payload', payload: contract.receive(payload) as PayloadFor<Name> };
  } catch (error) {
    return { kind: 'unfit', error: error instanceof ContractError ? error : new ContractError(`message ${contract.name} cannot be read`) };
  }
}

const baseName = (name: string): string => name.replace(/\.v\d+$/, '');
