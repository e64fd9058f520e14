import { TransientError } from '@sync-hub/contracts';

/**
 * What RabbitMQ answers, if it does so in time. A quorum queue without a leader never answers a declaration, and a channel that waits for one
 * answer gives no other: whoever gets `bus-slow` must not use that channel again.
 */
export async function answered<Answer>(withinMs: number, answer: Promise<Answer>): Promise<Answer> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TransientError('bus-slow', 'RabbitMQ did not answer in time')), withinMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
