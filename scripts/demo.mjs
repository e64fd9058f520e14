/** `npm run demo [-- --once | --rabbitmq]`: installs what is missing, builds, and starts the demo. */
import { installWhatIsMissing } from './install.mjs';
import { run, runTool, seconds } from './programs.mjs';
import { buildWorkbench } from './workbench.mjs';

await installWhatIsMissing();
const started = Date.now();
console.log('Building (a few seconds) ...');
if ((await runTool('typescript/bin/tsc', ['-b', 'tsconfig.build.json'])) !== 0) {
  console.error('The build failed; the compiler says why above.');
  process.exit(1);
}
await buildWorkbench();
console.log(`Built in ${seconds(started)}. Starting the demo ...`);
process.exitCode = await run(process.execPath, ['test/demo/dist/main.js', ...process.argv.slice(2)]);
