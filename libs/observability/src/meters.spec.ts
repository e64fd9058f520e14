import { describe, expect, it } from '@jest/globals';
import { Meters } from './meters.js';

async function lines(fill: (meters: Meters) => void): Promise<string[]> {
  const meters = new Meters();
  fill(meters);
  return (await meters.exposition()).text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

describe('the meters', () => {
  it('count messages by stage and by what the stage said, and time them', async () => {
    const all = await lines((meters) => {
      meters.handled('push', 'end-job', 0.3);
      meters.handled('push', 'end-job', 0.7);
      meters.handled('push', 'hold', 3);
    });
    expect(all).toEqual(
      expect.arrayContaining([
        'sync_hub_messages_total{stage="push",outcome="end-job"} 2',
        'sync_hub_messages_total{stage="push",outcome="hold"} 1',
        'sync_hub_handling_seconds_count{stage="push"} 3',
        'sync_hub_handling_seconds_sum{stage="push"} 4',
      ]),
    );
  });

  it('know every way in which a message leaves the hands of the runner', async () => {
    const ways = ['forward', 'end-change', 'end-job', 'hold', 'look-again', 'postpone', 'skip', 'put-off', 'handed-back', 'repeat', 'parked'];
    const all = await lines((meters) => {
      for (const way of ways) meters.handled('fetch', way, 1);
    });
    expect(all.filter((line) => line.startsWith('sync_hub_messages_total'))).toEqual(
      ways.map((way) => `sync_hub_messages_total{stage="fetch",outcome="${way}"} 1`),
    );
  });

  it('show the backlog as it is now, and nothing of what it was', async () => {
    const all = await lines((meters) => {
      meters.setBacklog({ outboxUnsettled: 9, changesOpen: 4, jobs: { waiting: 2, conflict: 1 } });
      meters.setBacklog({ outboxUnsettled: 3, changesOpen: 2, jobs: { parked: 1, ready: 5 } });
    });
    expect(all).toEqual(
      expect.arrayContaining(['sync_hub_outbox_unsettled 3', 'sync_hub_changes_open 2', 'sync_hub_jobs{state="parked"} 1', 'sync_hub_jobs{state="ready"} 5']),
    );
    expect(all.join()).not.toContain('waiting');
  });

  it('show freshness by route and category, and forget a route that is gone', async () => {
    const route = { link: 'central-kisumu', direction: 'pull' } as const;
    const all = await lines((meters) => {
      meters.setFreshness([{ route: { link: 'gone', direction: 'push' }, category: 'patient', seconds: 1 }]);
      meters.setFreshness([{ route, category: 'patient', seconds: 180 }]);
    });
    expect(all).toContain('sync_hub_freshness_seconds{link="central-kisumu",direction="pull",category="patient"} 180');
    expect(all.join()).not.toContain('gone');
  });

  it('show which links are paused, and how many requests a site is given at once', async () => {
    const all = await lines((meters) => {
      meters.setLinks([{ link: 'gone', braked: {} }]);
      meters.setLinks([
        { link: 'central-kisumu', braked: {} },
        { link: 'central-siaya', braked: null },
      ]);
      meters.setInFlightLimit('kisumu', 6);
      meters.setInFlightLimit('kisumu', 3);
    });
    expect(all).toEqual(
      expect.arrayContaining([
        'sync_hub_link_braked{link="central-kisumu"} 1',
        'sync_hub_link_braked{link="central-siaya"} 0',
        'sync_hub_site_in_flight_limit{site="kisumu"} 3',
      ]),
    );
    expect(all.join()).not.toContain('gone');
  });

  it('show what rests, where freshness says nothing', async () => {
    const all = await lines((meters) => {
      meters.setSites([{ site: 'kisumu', state: 'rests' }]);
      meters.setRests([{ route: { link: 'gone', direction: 'pull' }, rests: {} }]);
      meters.setRests([
        { route: { link: 'central-kisumu', direction: 'pull' }, rests: { until: null } },
        { route: { link: 'central-kisumu', direction: 'push' }, rests: null },
      ]);
    });
    expect(all.filter((line) => /rests|gone/.test(line))).toEqual([
      'sync_hub_site_state{site="kisumu",state="rests"} 1',
      'sync_hub_route_rests{link="central-kisumu",direction="pull"} 1',
      'sync_hub_route_rests{link="central-kisumu",direction="push"} 0',
    ]);
  });

  it('show the state of each site, and its requests by class of status', async () => {
    const all = await lines((meters) => {
      meters.setSites([{ site: 'kisumu', state: 'up' }]);
      meters.setSites([{ site: 'kisumu', state: 'down' }]);
      meters.requested('kisumu', 200);
      meters.requested('kisumu', 503);
      meters.requested('kisumu', null);
    });
    expect(all.filter((line) => line.includes('kisumu'))).toEqual([
      'sync_hub_site_state{site="kisumu",state="down"} 1',
      'sync_hub_site_requests_total{site="kisumu",status="2xx"} 1',
      'sync_hub_site_requests_total{site="kisumu",status="5xx"} 1',
      'sync_hub_site_requests_total{site="kisumu",status="no-answer"} 1',
    ]);
  });

  it('measure the process under our own prefix when told to', async () => {
    const all = await lines((meters) => meters.measureProcess());
    expect(all.some((line) => line.startsWith('sync_hub_process_resident_memory_bytes'))).toBe(true);
  });

  it('take no label that is not on the list', async () => {
    const all = await lines((meters) => {
      meters.handled('Achieng', 'Achieng', 1);
      meters.setBacklog({ outboxUnsettled: 0, changesOpen: 0, jobs: { Achieng: 1, 'Otieno Odhiambo': 2 } });
      meters.setFreshness([{ route: { link: 'Achieng O', direction: 'pull' }, category: 'Achieng', seconds: 1 }]);
      meters.setSites([{ site: '100GEJ', state: 'Achieng' }]);
      meters.requested('100GEJ', 42_000);
    });
    expect(all.join('\n')).not.toMatch(/Achieng|Otieno|100GEJ/);
    expect(all).toEqual(
      expect.arrayContaining([
        'sync_hub_messages_total{stage="other",outcome="other"} 1',
        'sync_hub_jobs{state="other"} 3',
        'sync_hub_site_requests_total{site="other",status="other"} 1',
      ]),
    );
  });
});
