import { runDemo } from './demo.js';
import { demoOptions } from './demo-options.js';
import { screenOn } from './screen.js';
import { untilTold } from './until-told.js';

try {
  const options = demoOptions(process.argv.slice(2));
  const colours = process.stdout.isTTY === true && (process.env['NO_COLOR'] ?? '') === '';
  process.exitCode = await runDemo(options, { screen: screenOn(process.stdout, { colours }), told: untilTold() });
} catch (error) {
  console.error(error instanceof Error ? error.message : 'The demo failed.');
  console.error('npm run demo [-- --once] [-- --rabbitmq]');
  process.exitCode = 1;
}
