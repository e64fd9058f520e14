import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sampleData, sampleMetadata, startSimulator, type Simulator } from './index.js';

const basic = `Basic ${Buffer.from('admin:Admin123').toString('base64')}`;
let simulator: Simulator;
const call = async (method: string, path: string, body?: unknown) => {
  const response = await fetch(`${simulator.baseUrl}/ws/rest/v1/${path}`, {
    method, headers: { authorization: basic, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? null : JSON.parse(text) };
};

describe('a simulated OpenMRS', () => {
  beforeEach(async () => {
    simulator = await startSimulator({ id: 'kisumu', profile: '2.8', clock: () => new Date('2026-01-02T03:04:05.678Z') });
    simulator.seedMetadata(sampleMetadata());
    simulator.load(sampleData('kisumu', 2));
  });
  afterEach(() => simulator.stop());

  it('shows a patient as it was entered', async () => {
    const [person] = simulator.state().people;
    const { status, json } = await call('GET', `patient/${person!.uuid}?v=full`);
    expect(status).toBe(200);
    expect(json.person.names[0]).toMatchObject({ uuid: person!.names[0]!.uuid, givenName: person!.names[0]!.values['givenName'] });
    expect(json.auditInfo.dateCreated).toBe('2026-01-02T03:04:05.000+0000');
  });

  it('announces the void of a patient and of everything that goes with it', async () => {
    const [person] = simulator.state().people;
    simulator.feed.delete(() => true);
    expect((await call('DELETE', `patient/${person!.uuid}`)).status).toBe(204);
    const told = (category: string) => simulator.feedRows(category).map(({ tags }) => tags);
    expect(told('patient')).toEqual(['patient,UPDATED', 'patient,VOIDED']);
    expect(told('person')).toEqual([]);
    expect(told('person_attribute')).toHaveLength(6);
  });
});
