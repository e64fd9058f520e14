import { runDemo } from './demo.js';
import { demoOptions } from './demo-options.js';
import { screenOn } from './screen.js';
import { untilTold } from './until-told.js';

/** What could not be started as a whole may have left something half open that would keep us here. */
const ENDS_WITHIN_MS = 5_000;
const SHOW_CURSOR = '\u001b[?25h';

const { stdout } = process;
try {
  const options = demoOptions(process.argv.slice(2));
  const colours = stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '';
  if (stdout.isTTY === true) process.once('exit', () => stdout.write(SHOW_CURSOR));
  process.exitCode = await runDemo(options, { screen: screenOn(stdout, { colours }), told: untilTold() });
} catch (error) {
  console.error(error instanceof Error ? error.message : 'The demo failed.');
  console.error('npm run demo [-- [--once] [--rabbitmq]]');
  process.exitCode = 1;
}
setTimeout(() => process.exit(), ENDS_WITHIN_MS).unref();
