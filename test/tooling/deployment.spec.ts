import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { STAGES } from '@sync-hub/contracts';
import { parse, parseAllDocuments } from 'yaml';
import { projectRoot } from './project-copy.js';

interface Container {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[];
  readonly envFrom?: unknown;
  readonly securityContext?: unknown;
  readonly livenessProbe?: { readonly httpGet: unknown };
  readonly readinessProbe?: { readonly httpGet: unknown };
  readonly ports?: unknown;
}
interface Workload {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly selector?: unknown;
    readonly template: {
      readonly metadata?: { readonly labels: unknown };
      readonly spec: { readonly containers: readonly Container[]; readonly securityContext?: unknown };
    };
  };
}
interface ComposeService {
  readonly image: string;
  readonly command?: readonly string[];
  readonly ports?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly restart?: string;
  readonly network_mode?: string;
}

const text = (file: string): string => readFileSync(path.join(projectRoot, file), 'utf8');
const yamlOf = <Shape>(file: string): Shape => parse(text(file), { merge: true, uniqueKeys: true }) as Shape;
const base = 'k8s/base';
const kustomization = yamlOf<{ resources: string[]; patches: { path: string; target: unknown }[]; images: { name: string }[] }>(`${base}/kustomization.yaml`);
const workloads = kustomization.resources.flatMap((file) => parseAllDocuments(text(`${base}/${file}`)).map((each) => each.toJS() as Workload));
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

    it('run each service once, the migrations before them, and nothing else of ours', () => {
      expect(ours.map(([name]) => name).sort()).toEqual([...SERVICES, 'migrate'].sort());
      for (const service of SERVICES) expect(compose[service]?.command).toEqual(['node', `apps/${service}/dist/main.js`]);
      expect(compose['migrate']).toMatchObject({ command: ['node', 'apps/standalone/dist/cli.js', 'migrate'], restart: 'no' });
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
    const everyService = yamlOf<Workload>(`${base}/every-service.patch.yaml`).spec.template.spec;
    const [common] = everyService.containers;

    it('are a Deployment for each service and a Job for the migrations', () => {
      const deployments = workloads.filter(({ kind }) => kind === 'Deployment');
      expect(deployments.map(({ metadata }) => metadata.name).sort()).toEqual(SERVICES);
      for (const { metadata, spec } of deployments) {
        const labels = { 'app.kubernetes.io/name': metadata.name };
        expect(spec.selector).toEqual({ matchLabels: labels });
        expect(spec.template.metadata).toEqual({ labels });
        expect(spec.template.spec.containers).toMatchObject([
          { name: common?.name, image: 'openmrs-sync-hub', command: ['node', `apps/${metadata.name}/dist/main.js`] },
        ]);
      }
      const jobs = workloads.filter(({ kind }) => kind === 'Job');
      expect(jobs.map(({ spec }) => spec.template.spec.containers[0]?.command)).toEqual([['node', 'apps/standalone/dist/cli.js', 'migrate']]);
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

    it('never run as root', () => {
      for (const { securityContext } of [everyService, ...workloads.filter(({ kind }) => kind === 'Job').map(({ spec }) => spec.template.spec)]) {
        expect(securityContext).toMatchObject({ runAsNonRoot: true, runAsUser: 1000 });
      }
      expect(text('Dockerfile')).toMatch(/^USER 1000:1000$/m);
    });
  });

  it('set nothing that the services do not read', () => {
    const set = ['docker-compose.yml', 'docs/examples/sync-hub.env', `${base}/every-service.patch.yaml`, `${base}/services/console.yaml`].flatMap(
      (file) => text(file).match(/SYNC_HUB_[A-Z_]+/g) ?? [],
    );
    const read = new Set(text('libs/runtime/src/env.ts').match(/SYNC_HUB_[A-Z_]+/g));
    expect(set.length).toBeGreaterThan(8);
    expect(set.filter((name) => !read.has(name))).toEqual([]);
  });

  it('of both kinds run the image that the Dockerfile makes', () => {
    expect(kustomization.images.map(({ name }) => name)).toEqual(['openmrs-sync-hub']);
    expect(text('docker-compose.yml')).toContain('build: .');
  });
});
