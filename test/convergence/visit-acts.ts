import { CARE } from '@sync-hub/openmrs-simulator';
import { type Act, place } from './act.js';
import { aDay, dayOf, keepsCare, onVisit, recording, startOn, stopOn, visitKeepsCare } from './care-scene.js';

/** What people do with visits. */
export const VISIT_ACTS: readonly Act[] = [
  recording('start visit', 5, 'visit', (scene, patient) => {
    const day = aDay(keepsCare(scene.record) ? 3 : 4, scene);
    const ended = scene.random.chance(0.4) ? { stopDatetime: stopOn(day, scene) } : {};
    const attributes = scene.random.chance(0.5) ? [{ uuid: scene.random.uuid(), attributeType: CARE.insurance, value: `I${scene.token}` }] : [];
    scene.at.care.startVisit({
      uuid: scene.record,
      patient,
      visitType: scene.random.pick([CARE.facilityVisit, CARE.homeVisit])!,
      location: place(scene),
      startDatetime: startOn(day, scene),
      ...ended,
      attributes,
    });
  }),
  onVisit('stop visit', 4, (scene, row) => {
    const before = row.values['stopDatetime'];
    scene.at.care.stopVisit(row.uuid, stopOn(dayOf(row.values['startDatetime']), scene));
    return () => scene.at.care.editVisit(row.uuid, { stopDatetime: typeof before === 'number' ? new Date(before).toISOString() : null });
  }),
  onVisit('correct the start of a visit', 3, (scene, row) => {
    const before = new Date(Number(row.values['startDatetime'])).toISOString();
    scene.at.care.editVisit(row.uuid, { startDatetime: startOn(dayOf(row.values['startDatetime']), scene) });
    return () => scene.at.care.editVisit(row.uuid, { startDatetime: before });
  }),
  onVisit('move visit', 3, (scene, row) => {
    const before = row.values['location'] ?? null;
    scene.at.care.editVisit(row.uuid, { location: place(scene) });
    return () => scene.at.care.editVisit(row.uuid, { location: before });
  }),
  onVisit('note punctuality', 2, (scene, row) => {
    scene.at.care.addVisitAttribute(row.uuid, { uuid: scene.random.uuid(), attributeType: CARE.punctuality, value: `V${scene.token}` });
    return null;
  }),
  onVisit('note insurance', 2, (scene, row) => {
    scene.at.care.addVisitAttribute(row.uuid, { uuid: scene.random.uuid(), attributeType: CARE.insurance, value: `J${scene.token}` });
    return null;
  }),
  onVisit(
    'void visit',
    2,
    ({ at }, row) => {
      at.care.voidVisit(row.uuid);
      return () => at.care.restoreVisit(row.uuid);
    },
    (visit) => !visit.gone && !visitKeepsCare(visit),
  ),
  onVisit(
    'restore visit',
    3,
    ({ at }, row) => {
      at.care.restoreVisit(row.uuid);
      return () => at.care.voidVisit(row.uuid);
    },
    ({ gone }) => gone,
  ),
];
