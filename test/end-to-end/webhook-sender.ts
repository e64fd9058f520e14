import { randomUUID } from 'node:crypto';
import type { Simulator } from '@sync-hub/openmrs-simulator';
import { signatureOf } from '@sync-hub/runtime';

/** A module at a site that tells the hub of what was saved there, as a real one would: signed, and again until it is taken. */
export class WebhookSender {
  private told = 0;
  constructor(
    private readonly simulator: Simulator,
    private readonly url: string,
    private readonly secret: string,
  ) {}

  /** Sends all that was saved since the last time, or only passes over it. Answers with the status. */
  async send({ isLost = false } = {}): Promise<number> {
    const rows = this.simulator.feed.rows().filter(({ id }) => id > this.told);
    this.told = rows.at(-1)?.id ?? this.told;
    const events = rows.flatMap(({ category, object, tags }) => {
      const uuid = /\/([A-Za-z0-9-]{36})(?:[/?"]|$)/.exec(object ?? '')?.[1];
      const action = /created|updated|unvoided|voided|unretired|retired|deleted/i.exec(tags ?? '')?.[0].toLowerCase();
      return uuid === undefined ? [] : [{ category: category.toLowerCase(), uuid, ...(action === undefined ? {} : { action }) }];
    });
    return isLost || events.length === 0 ? 0 : this.post(JSON.stringify({ events }));
  }

  async post(body: string, changed: { readonly secret?: string; readonly site?: string; readonly ageSeconds?: number } = {}): Promise<number> {
    const { status } = await this.answerTo(body, changed);
    return status;
  }

  async answerTo(
    body: string,
    { secret = this.secret, site = 'kisumu', ageSeconds = 0 }: { readonly secret?: string; readonly site?: string; readonly ageSeconds?: number } = {},
  ): Promise<{ readonly status: number; readonly text: string }> {
    const id = `msg_${randomUUID()}`;
    const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
    const answer = await fetch(`${this.url}/webhooks/${site}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signatureOf({ id, timestamp, body: Buffer.from(body) }, secret),
      },
      body,
    });
    return { status: answer.status, text: await answer.text() };
  }
}
