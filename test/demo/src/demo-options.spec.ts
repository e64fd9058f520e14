import { describe, expect, it } from '@jest/globals';
import { demoOptions } from './demo-options.js';

describe('the demo', () => {
  it.each([
    [[], { once: false, rabbitmq: false }],
    [['--once'], { once: true, rabbitmq: false }],
    [['--rabbitmq', '--once'], { once: true, rabbitmq: true }],
  ])('understands %j', (args, options) => {
    expect(demoOptions(args)).toEqual(options);
  });

  it('names an argument that it does not know', () => {
    expect(() => demoOptions(['--onec'])).toThrow("'--onec'");
  });
});
