import { describe, expect, it } from '@jest/globals';
import { charsetOf } from './charset.js';

const utf8 = Buffer.from('{"display":"Hôpital"}', 'utf8');
const latin1 = Buffer.from('{"display":"Hôpital"}', 'latin1');
const feed = (text: string, encoding: BufferEncoding) => Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><feed>${text}</feed>`, encoding);

describe('what a page is written in', () => {
  it.each([
    ['UTF-8 that says so', 'application/json;charset=UTF-8', utf8, { declared: 'utf-8', prolog: null, holds: true }],
    ['UTF-8 that says nothing', 'application/json', utf8, { declared: null, prolog: null, holds: true }],
    ['ISO-8859-1 that says so', 'application/json; charset="ISO-8859-1"', latin1, { declared: 'iso-8859-1', prolog: null, holds: true }],
    ['ISO-8859-1 that says UTF-8', 'application/json;charset=UTF-8', latin1, { declared: 'utf-8', prolog: null, holds: false }],
    ['ISO-8859-1 that says nothing', 'application/json', latin1, { declared: null, prolog: null, holds: false }],
    ['a charset that nobody knows', 'application/json;charset=klingon', utf8, { declared: 'klingon', prolog: null, holds: false }],
    [
      'a feed whose prolog says otherwise',
      'application/atom+xml;charset=ISO-8859-1',
      feed('ô', 'latin1'),
      { declared: 'iso-8859-1', prolog: 'utf-8', holds: true },
    ],
    ['no content type', null, feed('ô', 'utf8'), { declared: null, prolog: 'utf-8', holds: true }],
  ])('is found of %s', (_, contentType, bytes, found) => {
    expect(charsetOf({ contentType, bytes })).toEqual(found);
  });
});
