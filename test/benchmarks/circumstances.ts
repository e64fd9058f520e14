import { cpus, totalmem } from 'node:os';
import type { Circumstances } from './report.js';

/** The machine, the day and the versions that a run stands for. */
export function circumstancesOf({
  postgres,
  rabbitmq,
  loadBefore,
}: {
  readonly postgres: string;
  readonly rabbitmq: string;
  readonly loadBefore: number;
}): Circumstances {
  const [first] = cpus();
  return [
    ['date', new Date().toISOString().slice(0, 10)],
    [
      'machine',
      `${cpus().length} cores (${first?.model ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB, ${process.platform} ${process.arch}; sites, broker, database and hub all on it`,
    ],
    ['load before it began', `${loadBefore.toFixed(1)} (more than a few tenths: others used the machine, and times mean little; CPU and counts still hold)`],
    ['versions', `Node ${process.version}, PostgreSQL ${postgres}, RabbitMQ ${rabbitmq}`],
  ];
}
