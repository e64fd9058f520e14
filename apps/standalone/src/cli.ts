import { command } from './command.js';

process.exitCode = await command(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`));
