import fc from 'fast-check';

/** One way to damage a page. */
export type Damage = (bytes: Buffer) => Buffer;

const somewhere = fc.double({ min: 0, max: 1, noNaN: true });

/** What may be put anywhere: markup out of place, entities that are none, numbers too large, bytes of other encodings. */
const PIECES = [
  ...['<', '>', '&', '"', "'", ']]>', '<![CDATA[', '<!--', '-->', '<?x?>', '<?xml version="1.0"?>', '<!DOCTYPE x>', '<!DOCTYPE x [<!ENTITY a "&a;&a;">]>'],
  ...[
    '<entry>',
    '<entry/>',
    '</entry>',
    '<id/>',
    '<id>',
    '</id>',
    '<feed>',
    '</feed>',
    '<link rel="via" href="/0"/>',
    '<x:entry xmlns:x="y"><id>1</id></x:entry>',
  ],
  ...['&#0;', '&#x0;', '&#xD800;', '&#x110000;', '&#99999999999999999999;', '&x;', '&a;', '&nbsp;', '&lt;entry&gt;', '&amp;#60;', '&#60;'],
  ...['/99999999999999999999', '/1e309', '/-1', '/0x10', '00000000000000000000001', 'NaN', 'Infinity', '9'.repeat(400)],
  ...['<__proto__/>', '<constructor>', '<__proto__><entry/></__proto__>', ' constructor="1"', ' __proto__="1"', ' xmlns=""', ' xmlns:feed="x"'],
  ...['\0', '\u0001', 'é', '\ufeff', '\u2028', '\ufffe', '\ud83d', '😀', '\u202e', ' '.repeat(2000)],
] as const;

function splice(bytes: Buffer, at: number, cut: number, put: Uint8Array): Buffer {
  const from = Math.floor(at * bytes.length);
  return Buffer.concat([bytes.subarray(0, from), put, bytes.subarray(from + cut)]);
}

/** Every tag of the text and where it stands. */
const tagsOf = (text: string) => [...text.matchAll(/<[^>]*>/g)].map((match) => ({ tag: match[0], from: match.index }));

/** The nth tag of a page, replaced by what becomes of it. */
const onTag =
  (which: number, become: (tag: string) => string): Damage =>
  (bytes) => {
    const text = bytes.toString('latin1');
    const tags = tagsOf(text);
    const chosen = tags[which % Math.max(1, tags.length)];
    if (chosen === undefined) return bytes;
    return Buffer.from(text.slice(0, chosen.from) + become(chosen.tag) + text.slice(chosen.from + chosen.tag.length), 'latin1');
  };

/** Ways to damage a page: cut short, bytes flipped, cut, doubled or moved, tags lost, doubled or renamed, odd pieces put in, another encoding. */
export const damage: fc.Arbitrary<Damage> = fc.oneof(
  somewhere.map(
    (at): Damage =>
      (bytes) =>
        bytes.subarray(0, Math.floor(at * bytes.length)),
  ),
  fc.record({ at: somewhere, bit: fc.nat(7) }).map(
    ({ at, bit }): Damage =>
      (bytes) => {
        const flipped = Buffer.from(bytes);
        const place = Math.min(bytes.length - 1, Math.floor(at * bytes.length));
        if (place >= 0) flipped.writeUInt8(flipped.readUInt8(place) ^ (1 << bit), place);
        return flipped;
      },
  ),
  fc.record({ at: somewhere, length: fc.nat(200) }).map(
    ({ at, length }): Damage =>
      (bytes) =>
        splice(bytes, at, length, Buffer.alloc(0)),
  ),
  fc.record({ at: somewhere, put: fc.uint8Array({ maxLength: 12 }) }).map(
    ({ at, put }): Damage =>
      (bytes) =>
        splice(bytes, at, put.length, put),
  ),
  fc.record({ at: somewhere, put: fc.constantFrom(...PIECES) }).map(
    ({ at, put }): Damage =>
      (bytes) =>
        splice(bytes, at, 0, Buffer.from(put)),
  ),
  fc.record({ at: somewhere, to: somewhere, length: fc.nat(400) }).map(
    ({ at, to, length }): Damage =>
      (bytes) =>
        splice(bytes, to, 0, bytes.subarray(Math.floor(at * bytes.length), Math.floor(at * bytes.length) + length)),
  ),
  fc.nat(500).map((which) => onTag(which, () => '')),
  fc.nat(500).map((which) => onTag(which, (tag) => tag + tag)),
  fc.record({ which: fc.nat(500), put: fc.constantFrom(...PIECES) }).map(({ which, put }) => onTag(which, (tag) => tag + put)),
  fc.record({ which: fc.nat(500), put: fc.constantFrom(...PIECES) }).map(({ which, put }) => onTag(which, (tag) => tag.replace(/>$/, `${put}>`))),
  fc.nat(500).map((which) => onTag(which, (tag) => tag.toUpperCase())),
  fc.constantFrom<Damage>(
    (bytes) => Buffer.from(bytes.toString('utf8'), 'utf16le'),
    (bytes) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(bytes.toString('utf8'), 'utf16le')]),
    (bytes) => Buffer.from(bytes.toString('utf8'), 'latin1'),
    (bytes) => Buffer.from(bytes.toString('latin1'), 'utf8'),
    (bytes) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
    (bytes) => Buffer.from(bytes.toString('utf8').replace('encoding="UTF-8"', 'encoding="UTF-7"')),
    (bytes) => Buffer.concat([bytes, bytes]),
  ),
);

/** Ways to change a page that leave every entry of it as it was: what stands between them, and what nobody knows. */
export const harmless: fc.Arbitrary<Damage> = fc
  .record({
    which: fc.nat(20),
    put: fc.constantFrom(
      ...[
        '<!-- <entry><id>no</id></entry> -->',
        '<?entry <entry/> ?>',
        '\r\n\r\n',
        '<unknown><entry><id>inner</id></entry></unknown>',
        '<summary>&amp;lt;</summary>',
      ],
      ...[
        '<link rel="alternate" href="http://h/9"/>',
        '<updated>yesterday</updated>',
        '<x:y xmlns:x="urn:x" a=">"/>',
        '<![CDATA[<entry/>]]>',
        'text &#60;entry&#62;',
      ],
    ),
  })
  .map(
    ({ which, put }): Damage =>
      (bytes) => {
        const text = bytes.toString('utf8');
        const places = [...text.matchAll(/<\/entry>|<\/author>/g)].map((match) => match.index + match[0].length);
        const at = places[which % Math.max(1, places.length)] ?? 0;
        return places.length === 0 ? bytes : Buffer.from(text.slice(0, at) + put + text.slice(at));
      },
  );

const MARKUP = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(\/?)([^\s<>/]+)(?:"[^"]*"|'[^']*'|[^<>"'])*?(\/?)>/g;

/** How many entries stand directly in the root of a well-formed document, found without a parser. */
export function entriesIn(xml: string): number {
  let depth = 0;
  let found = 0;
  for (const [, closes, name, isEmpty] of xml.matchAll(MARKUP)) {
    if (name === undefined) continue;
    if (closes === '/') depth -= 1;
    else {
      if (depth === 1 && name.replace(/^.*:/, '') === 'entry') found += 1;
      if (isEmpty !== '/') depth += 1;
    }
  }
  return found;
}
