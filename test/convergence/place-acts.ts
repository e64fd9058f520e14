import { type LocationState, SAMPLE, type SimulatorState } from '@sync-hub/openmrs-simulator';
import { type Act, byUuid, creating, type Fits, type Scene, type Undo } from './act.js';

function onLocation(
  name: string,
  weight: number,
  carryOut: (scene: Scene, row: LocationState) => Undo | null,
  fits: Fits<LocationState> = ({ gone }) => !gone,
): Act {
  return {
    name,
    weight,
    on: 'location',
    choose: (state, random, record) => random.pick(byUuid(state.locations, record).filter(fits))?.uuid ?? null,
    carryOut: (scene) => ({
      record: `location/${scene.record}`,
      undo: carryOut(scene, scene.state.locations.find(({ uuid }) => uuid === scene.record)!),
    }),
  };
}

/**
 * Locations move among the roots alone, which nobody moves or retires: so no two moves make a ring, and no retirement leaves
 * others without a place.
 */
const roots = (state: SimulatorState): readonly LocationState[] => state.locations.filter((one) => !one.gone && isRoot(one));

const isRoot = ({ values }: LocationState): boolean => /^(Country|District|Clinic) of /.test(String(values['name']));

const LOCATION_TEXTS = ['name', 'description', 'address1', 'cityVillage', 'countyDistrict', 'postalCode'] as const;

/** What people do with places. */
export const PLACE_ACTS: readonly Act[] = [
  creating('create location', 3, 'location', (scene) => {
    const parent = scene.random.pick(roots(scene.state))?.uuid;
    scene.at.addLocation({
      uuid: scene.record,
      name: `L${scene.token}`,
      description: `D${scene.token}`,
      ...(parent === undefined ? {} : { parentLocation: parent }),
    });
  }),
  onLocation(
    'edit location',
    10,
    ({ at, random, token }, row) => {
      const key = random.pick(LOCATION_TEXTS)!;
      const before = row.values[key] ?? null;
      at.edit('location', row.uuid, { [key]: `${key.slice(0, 2).toUpperCase()}${token}` });
      return () => at.edit('location', row.uuid, { [key]: before });
    },
    (row) => !row.gone && !isRoot(row),
  ),
  onLocation('empty a field of a location', 1, ({ at, random }, row) => {
    const key = random.pick(['description', 'address1', 'cityVillage'])!;
    const before = row.values[key] ?? null;
    at.edit('location', row.uuid, { [key]: null });
    return () => at.edit('location', row.uuid, { [key]: before });
  }),
  onLocation(
    'move location',
    4,
    ({ at, state, random }, row) => {
      const before = (row.values['parentLocation'] ?? null) as string | null;
      at.moveLocation(row.uuid, random.pick(roots(state))?.uuid ?? null);
      return () => at.moveLocation(row.uuid, before);
    },
    (row) => !row.gone && !isRoot(row),
  ),
  onLocation('tag location', 3, ({ at, random }, row) => {
    const before = (row.values['tags'] ?? []) as readonly string[];
    const tag = random.pick([SAMPLE.loginTag, SAMPLE.visitTag])!;
    at.edit('location', row.uuid, { tags: before.includes(tag) ? before.filter((one) => one !== tag) : [...before, tag] });
    return () => at.edit('location', row.uuid, { tags: before });
  }),
  onLocation(
    'retire location',
    2,
    ({ at }, row) => {
      at.retireLocation(row.uuid);
      return () => at.unretireLocation(row.uuid);
    },
    (row) => !row.gone && !isRoot(row),
  ),
  onLocation(
    'restore location',
    3,
    ({ at }, row) => {
      at.unretireLocation(row.uuid);
      return () => at.retireLocation(row.uuid);
    },
    ({ gone }) => gone,
  ),
];
