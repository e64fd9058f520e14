import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { loadConfiguration } from '@sync-hub/configuration';
import { STAGES } from '@sync-hub/contracts';
import { LAST_WORDS_MS, STOPS_WITHIN_MS } from '@sync-hub/messaging';
import { parse, parseAllDocuments } from 'yaml';
import { Manifest } from './kubernetes-shapes.js';
import { projectRoot } from './project-copy.js';

interface ComposeService {
  readonly image: string;
  readonly build?: unknown;
  readonly profiles?: readonly string[];
  readonly healthcheck?: unknown;
  readonly read_only?: boolean;
  readonly depends_on?: unknown;
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly env_file?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly restart?: string;
  readonly network_mode?: string;
}

const text = (file: string): string => readFileSync(path.join(projectRoot, file), 'utf8');
const yamlOf = <Shape>(file: string): Shape => parse(text(file), { merge: true, uniqueKeys: true }) as Shape;
const base = 'k8s/base';
const kustomization = yamlOf<{ resources: string[]; patches: { path: string; target: unknown }[]; images: { name: string }[] }>(`${base}/kustomization.yaml`);
const manifests = kustomization.resources.flatMap((file) => parseAllDocuments(text(`${base}/${file}`)).map((each) => Manifest.parse(each.toJS())));
const deployments = manifests.flatMap((each) => (each.kind === 'Deployment' ? [each] : []));
const jobs = manifests.flatMap((each) => (each.kind === 'Job' ? [each] : []));
const compose = yamlOf<{ services: Record<string, ComposeService> }>('docker-compose.yml').services;

/** Every app runs by itself in the hub, but the one that composes the others. */
const SERVICES = readdirSync(path.join(projectRoot, 'apps'))
  .filter((app) => app !== 'standalone')
  .sort();

describe('the deployments', () => {
  it('are of the services that the pipeline names, and of those that begin it and show it', () => {
    expect([...new Set([...Object.values(STAGES).map(({ service }) => service), 'feed-watcher', 'console'])].sort()).toEqual(SERVICES);
  });

  describe('on one machine (docker-compose.yml)', () => {
    const ours = Object.entries(compose).filter(([, { image }]) => image === 'openmrs-sync-hub');
    const simulators = Object.entries(compose).filter(([, { image }]) => image === 'openmrs-sync-hub-simulator');

    it('have three simulated servers for a trial, which a configuration that ships with them joins, and which nobody gets without asking', () => {
      const trial = loadConfiguration(text('docs/examples/simulators.yml'), 'simulators.yml');
      expect(simulators.map(([name]) => name).sort()).toEqual(trial.sites.map(({ id }) => id).sort());
      for (const { id, baseUrl } of trial.sites) {
        expect(baseUrl).toBe(`http://${id}:8080/openmrs`);
        expect(compose[id]).toMatchObject({
          profiles: ['simulators'],
          build: { target: 'simulator' },
          command: expect.arrayContaining(['--id', id, '--every-seconds']),
        });
      }
      expect(trial.links.map(({ mode, runsAt }) => [mode, runsAt])).toEqual([
        ['live', trial.instance.id],
        ['live', trial.instance.id],
      ]);
      expect(text('docs/examples/sync-hub.env')).toMatch(/^COMPOSE_PROFILES=simulators\nSYNC_HUB_YML=\.\/docs\/examples\/simulators\.yml$/m);
    });

    it('are asked whether they are well, all but the migrations, and cannot write to their own disk', () => {
      for (const [name, { healthcheck, read_only }] of Object.entries(compose)) {
        expect([name, healthcheck]).toEqual([
          name,
          name === 'migrate' ? { disable: true } : expect.objectContaining({ test: expect.arrayContaining(['CMD']) }),
        ]);
        if (ours.concat(simulators).some(([own]) => own === name)) expect([name, read_only]).toEqual([name, true]);
      }
    });

    it('run each service once, the migrations before them, and nothing else of ours', () => {
      expect(ours.map(([name]) => name).sort()).toEqual([...SERVICES, 'migrate'].sort());
      for (const service of SERVICES) expect(compose[service]?.command).toEqual(['node', `apps/${service}/dist/main.js`]);
      expect(compose['migrate']).toMatchObject({ command: ['node', 'apps/standalone/dist/cli.js', 'migrate'], restart: 'no' });
    });

    it('have the plug-ins of the deployment where they find what those import, and are told of them by sync-hub.env', () => {
      for (const [, { volumes, env_file, environment }] of ours) {
        expect(volumes?.[1]).toMatch(/^\$\{SYNC_HUB_PLUGINS_FOLDER:-\.\/docs\/examples\/plugins\}:\/sync-hub\/plugins:ro$/);
        expect([env_file, environment?.['SYNC_HUB_PLUGINS']]).toEqual([['sync-hub.env'], undefined]);
      }
      expect(ours.length).toBeGreaterThan(SERVICES.length);
      expect(text('Dockerfile')).toMatch(/^WORKDIR \/sync-hub\nCOPY --from=runs .*\n(#.*\n)*RUN install .* && install -d plugins$/m);
    });

    it('are reached from that machine only', () => {
      const published = Object.values(compose).flatMap(({ ports }) => ports ?? []);
      expect(published.length).toBeGreaterThan(0);
      expect(published.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    });

    it('hold no password', () => {
      const secrets = Object.values(compose).flatMap(({ environment }) => Object.entries(environment ?? {}).filter(([name]) => /PASS|_URL$/.test(name)));
      expect(secrets.length).toBeGreaterThan(SERVICES.length);
      expect(secrets.filter(([, value]) => !/\$\{\w+:\?/.test(value))).toEqual([]);
    });
  });

  describe('on Kubernetes (k8s/base)', () => {
    const patch = Manifest.parse(yamlOf<unknown>(`${base}/every-service.patch.yaml`));
    if (patch.kind !== 'Deployment') throw new Error('the patch is of Deployments');
    const everyService = patch.spec.template.spec;
    const [common] = everyService.containers;

    it('are a Deployment for each service and a Job for the migrations', () => {
      expect(deployments.map(({ metadata }) => metadata.name).sort()).toEqual(SERVICES);
      for (const { metadata, spec } of deployments) {
        const labels = { 'app.kubernetes.io/name': metadata.name };
        expect(spec.selector).toEqual({ matchLabels: labels });
        expect(spec.template.metadata).toEqual({ labels });
        expect(spec.template.spec.containers).toMatchObject([
          { name: common?.name, image: 'openmrs-sync-hub', command: ['node', `apps/${metadata.name}/dist/main.js`] },
        ]);
      }
      expect(jobs.map(({ spec }) => spec.template.spec.containers[0]?.command)).toEqual([['node', 'apps/standalone/dist/cli.js', 'migrate']]);
    });

    it('have the plug-ins of the deployment where they find what those import, and start without any', () => {
      expect(common?.volumeMounts).toContainEqual({ name: 'plugins', mountPath: '/sync-hub/plugins', readOnly: true });
      expect(everyService.volumes).toContainEqual({ name: 'plugins', configMap: { name: 'sync-hub-plugins', optional: true } });
    });

    it('leave no file out', () => {
      const files = readdirSync(path.join(projectRoot, base), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml'));
      expect(files.sort()).toEqual([...kustomization.resources, ...kustomization.patches.map((patch) => patch.path), 'kustomization.yaml'].sort());
      expect(kustomization.patches).toEqual([{ path: 'every-service.patch.yaml', target: { kind: 'Deployment' } }]);
    });

    it('are asked for their health on port 8080, and get their secrets by reference', () => {
      expect(common?.livenessProbe?.httpGet).toEqual({ path: '/health/live', port: 'health' });
      expect(common?.readinessProbe?.httpGet).toEqual({ path: '/health/ready', port: 'health' });
      expect(common?.ports).toEqual([{ name: 'health', containerPort: 8080 }]);
      expect(common?.envFrom).toEqual([{ secretRef: { name: 'sync-hub-secrets' } }]);
      expect(text(`${base}/every-service.patch.yaml`)).not.toMatch(/PASSWORD|_URL/);
    });

    it('say nothing that Kubernetes would drop without a word', () => {
      expect(manifests.length).toBeGreaterThan(SERVICES.length);
      const misspelt = structuredClone(deployments[0])!;
      Object.assign(misspelt.spec.template.spec.containers[0]!, { resourcez: {} });
      expect(Manifest.safeParse(misspelt).success).toBe(false);
    });

    it('have longer to end than the runner takes to hand back what it has in hand', () => {
      expect(everyService.terminationGracePeriodSeconds).toBeGreaterThan((2 * (STOPS_WITHIN_MS + LAST_WORDS_MS)) / 1000);
    });

    it('wait for a probe longer than the answer to it may take, and ask no site', () => {
      for (const probe of [common?.livenessProbe, common?.readinessProbe]) expect(probe?.timeoutSeconds).toBeGreaterThan(2);
    });

    it('wait for the schema that the Job brings', () => {
      expect(everyService.initContainers?.map(({ command }) => command)).toEqual([['node', 'apps/standalone/dist/cli.js', 'migrate', '--wait']]);
    });

    it('keep one at work while a node is drained, of each service that has several, and of no other', () => {
      const several = deployments.flatMap(({ metadata, spec }) => ((spec.replicas ?? 1) > 1 ? [metadata.name] : []));
      const budgets = manifests.flatMap((each) => (each.kind === 'PodDisruptionBudget' ? [each] : []));
      expect(several.length).toBeGreaterThan(0);
      expect(budgets.map(({ spec }) => spec.selector.matchLabels['app.kubernetes.io/name'])).toEqual(several);
      expect(patch.spec.replicas).toBeUndefined();
    });

    it('ask for memory, and for processor time, and are held to no less than twice the memory', () => {
      for (const { resources } of [
        ...everyService.containers,
        ...(everyService.initContainers ?? []),
        ...jobs.flatMap(({ spec }) => spec.template.spec.containers),
      ]) {
        const [asked, most] = [resources?.requests.memory, resources?.limits?.memory].map((text) => Number(text?.replace('Mi', '')));
        expect(resources?.requests.cpu).toMatch(/^\d+m$/);
        expect(most).toBeGreaterThanOrEqual(2 * Number(asked));
      }
    });

    it('never run as root, and cannot write to their own disk', () => {
      for (const { securityContext } of [
        ...everyService.containers,
        ...(everyService.initContainers ?? []),
        ...jobs.flatMap(({ spec }) => spec.template.spec.containers),
      ])
        expect(securityContext).toMatchObject({ readOnlyRootFilesystem: true });
      for (const { securityContext } of [everyService, ...jobs.map(({ spec }) => spec.template.spec)]) {
        expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
      }
      expect(text('Dockerfile')).toMatch(/^USER 1000:1000$/m);
    });
  });

  it('let reports of other instances in, to the one service that listens for them, at the port that the runbook names', () => {
    const port = Number(/receives:\n +host: 0\.0\.0\.0\n +port: (\d+)/.exec(text('docs/runbooks/audit.md'))?.[1]);
    const audit = deployments.find(({ metadata }) => metadata.name === 'audit-service');
    const [services, policies] = [
      manifests.flatMap((each) => (each.kind === 'Service' ? [each] : [])),
      manifests.flatMap((each) => (each.kind === 'NetworkPolicy' && each.metadata.name === 'reports' ? [each] : [])),
    ];
    expect(audit?.spec.template.spec.containers[0]?.ports).toEqual([{ name: 'reports', containerPort: port }]);
    expect(services.map(({ spec }) => spec)).toEqual([
      { selector: audit?.spec.template.metadata?.labels, ports: [{ name: 'reports', port, targetPort: 'reports' }] },
    ]);
    expect(policies.map(({ spec }) => [spec.podSelector.matchLabels, spec.ingress])).toEqual([
      [audit?.spec.template.metadata?.labels, [{ ports: [{ protocol: 'TCP', port }] }]],
    ]);
    expect(Object.entries(compose).filter(([, { ports }]) => ports?.some((one) => one.endsWith(`:${port}`)))).toEqual([
      ['audit-service', expect.objectContaining({ ports: [`127.0.0.1:${port}:${port}`] })],
    ]);
  });

  it('set nothing that the services do not read', () => {
    const set = ['docker-compose.yml', 'docs/examples/sync-hub.env', `${base}/every-service.patch.yaml`, `${base}/services/console.yaml`].flatMap(
      (file) => text(file).match(/SYNC_HUB_[A-Z_]+/g) ?? [],
    );
    const read = new Set(text('libs/runtime/src/env.ts').match(/SYNC_HUB_[A-Z_]+/g));
    expect(set.length).toBeGreaterThan(8);
    for (const own of ['SYNC_HUB_YML', 'SYNC_HUB_PLUGINS_FOLDER']) read.add(own); // compose's own
    expect(set.filter((name) => !read.has(name))).toEqual([]);
  });

  it('of both kinds run the image that the Dockerfile makes', () => {
    expect(kustomization.images.map(({ name }) => name)).toEqual(['openmrs-sync-hub']);
    expect(text('docker-compose.yml')).toContain('build: .');
  });
});
