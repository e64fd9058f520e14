import { type LinkId, type RecordRef, recordKey } from '@sync-hub/contracts';

/** A record as one link knows it. */
export interface OnLink {
  readonly link: LinkId;
  readonly record: RecordRef;
}

export const keyOf = ({ link, record }: OnLink): string => `${link} ${recordKey(record)}`;

/** For `unnest($1::text[], $2::text[], $3::text[]) as asked (link, aggregate, uuid)`. */
export const parametersOf = (asked: readonly OnLink[]): readonly unknown[] => [
  asked.map(({ link }) => link),
  asked.map(({ record }) => record.aggregate),
  asked.map(({ record }) => record.uuid),
];
