import { listPathOf } from '../list.js';
import { misfit, typeNameOf } from '../read-shape.js';
import type { FhirJson } from './fhir-view.js';

export type Path = readonly PropertyKey[];

/** Takes parts of a resource that goes by `title`. Each throws ContractError with a path where the part is of another shape; none tells a value. */
export class FhirReader {
  constructor(private readonly title: string) {}

  /** Refuses a resource of another type. */
  requireType({ resourceType }: FhirJson, type: string): void {
    if (resourceType !== type) throw misfit(this.title, ['resourceType'], typeNameOf(resourceType), type);
  }

  object(value: unknown, path: Path): FhirJson | null {
    if (value === null || value === undefined) return null;
    if (typeof value !== 'object' || Array.isArray(value)) throw misfit(this.title, path, typeNameOf(value), 'an object');
    return value as FhirJson;
  }

  list(value: unknown, path: Path): readonly unknown[] {
    const told = value ?? [];
    if (!Array.isArray(told)) throw misfit(this.title, path, typeNameOf(told), 'a list');
    return told;
  }

  /** A concept's own uuid is its code that has no system (ConceptTranslatorImpl). */
  concept(value: unknown, path: Path): string | null {
    const told = this.object(value, path);
    if (told === null) return null;
    const codings = this.list(told['coding'], [...path, 'coding']).map((one, index) => this.object(one, [...path, 'coding', index]));
    const own = codings.find((coding) => coding !== null && (coding['system'] ?? null) === null)?.['code'];
    if (typeof own !== 'string') throw misfit(this.title, [...path, 'coding'], 'a list', 'a list with a code that has no system');
    return own;
  }

  /** What a reference leads to, which must be of one of these types. */
  reference(value: unknown, path: Path, types: readonly string[]): { readonly type: string; readonly id: string } | null {
    const told = this.object(value, path);
    if (told === null) return null;
    const [, type = '', id] = /(?:^|\/)([A-Z][A-Za-z]+)\/([^/]+)$/.exec(String(told['reference'] ?? '')) ?? [];
    if (id === undefined || !types.includes(type))
      throw misfit(this.title, [...path, 'reference'], 'something else', `a reference to a ${types.join(' or a ')}`);
    return { type, id };
  }

  /** The text of a reference to whatever it is. */
  pointer(value: unknown, path: Path): string | null {
    const told = this.object(value, path)?.['reference'] ?? null;
    if (told === null) return null;
    if (typeof told !== 'string' || told.trim() === '') throw misfit(this.title, [...path, 'reference'], typeNameOf(told), 'text');
    return told.trim();
  }
}

/** A concept as fhir2 takes it. */
export const saidConcept = (uuid: string | null): FhirJson | null => (uuid === null ? null : { coding: [{ code: uuid }] });

/** Keys of the items of a list. */
export const keysOf = (list: string, fields: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.keys(fields).flatMap((path) => {
    const at = listPathOf(path);
    return at?.list === list && at.field === null ? [at.key] : [];
  });
