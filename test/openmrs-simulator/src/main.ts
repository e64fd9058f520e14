import { parseArgs } from 'node:util';
import { AtWork } from './at-work.js';
import { PROFILES, type ProfileId } from './profile.js';
import { sampleData, sampleMetadata } from './sample.js';
import { startSimulator } from './simulator.js';

/** One simulated OpenMRS as a process, with sample data of its own, at which somebody is at work. What it holds is gone when it ends. */
const { values } = parseArgs({
  options: {
    id: { type: 'string' },
    profile: { type: 'string', default: '2.8' },
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '0' },
    patients: { type: 'string', default: '5' },
    'every-seconds': { type: 'string', default: '0' },
  },
});

const isProfile = (text: string): text is ProfileId => Object.hasOwn(PROFILES, text);
const { id, profile, host, port, patients, 'every-seconds': every } = values;
if (id === undefined || !isProfile(profile)) {
  process.stderr.write(
    `main.js --id ID [--profile ${Object.keys(PROFILES).join('|')}] [--host H] [--port P] [--patients N] [--every-seconds N, 0 for nobody at work]\n`,
  );
  process.exit(1);
}

const simulator = await startSimulator({ id, profile, host, port: Number(port) });
simulator.seedMetadata(sampleMetadata());
const sample = sampleData(id, Number(patients));
simulator.load(sample);
process.stdout.write(`${id} (OpenMRS ${profile}, simulated) answers at ${simulator.baseUrl}\n`);

const atWork = new AtWork(simulator, sample);
const work = Number(every) > 0 ? setInterval(() => process.stdout.write(`${id}: ${atWork.next()}\n`), Number(every) * 1000) : undefined;
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    clearInterval(work);
    void simulator.stop();
  });
}
