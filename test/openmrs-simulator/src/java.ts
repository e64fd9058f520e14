/** `String.hashCode()` of Java. */
export function javaHash(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i += 1) hash = (Math.imul(31, hash) + text.charCodeAt(i)) | 0;
  return hash;
}

/** The items of a Java `HashSet` filled in this order, in the order its iterator gives them: by bucket, then by insertion. */
export function hashSetOrder<T>(items: readonly T[], key: (item: T) => string): T[] {
  const unique = [...new Map(items.map((item) => [key(item), item])).values()];
  let size = 16;
  while (unique.length > size * 0.75) size *= 2;
  const bucket = (item: T): number => {
    const hash = javaHash(key(item));
    return (hash ^ (hash >>> 16)) & (size - 1);
  };
  return unique
    .map((item, index) => ({ item, index, bucket: bucket(item) }))
    .sort((a, b) => a.bucket - b.bucket || a.index - b.index)
    .map(({ item }) => item);
}
