/** `npm run build`: the compiled code of every package, and the console's workbench with its types checked. */
import { runTool } from './programs.mjs';
import { buildWorkbench } from './workbench.mjs';

const compiled = await runTool('typescript/bin/tsc', ['-b', 'tsconfig.build.json']);
const checked = compiled === 0 ? await runTool('typescript/bin/tsc', ['--noEmit', '-p', 'apps/console/front']) : compiled;
if (checked === 0) await buildWorkbench();
process.exitCode = checked;
