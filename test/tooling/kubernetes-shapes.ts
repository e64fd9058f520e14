import { z } from 'zod';

/** The fields of Kubernetes' objects that our manifests use, strictly: a misspelt one, which a cluster would drop without a word, is refused. */
const labels = z.record(z.string(), z.string());
const quantity = z.string().regex(/^\d+(m|Mi|Gi)?$/);
const resources = z.strictObject({
  requests: z.strictObject({ cpu: quantity, memory: quantity }),
  limits: z.strictObject({ memory: quantity }).optional(),
});
const probe = z.strictObject({
  httpGet: z.strictObject({ path: z.string(), port: z.union([z.string(), z.int()]) }),
  periodSeconds: z.int(),
  timeoutSeconds: z.int().optional(),
  failureThreshold: z.int().optional(),
});
const env = z.array(z.strictObject({ name: z.string(), value: z.string() }));
const container = z.strictObject({
  name: z.string(),
  image: z.string().optional(),
  command: z.array(z.string()).optional(),
  env: env.optional(),
  envFrom: z.array(z.strictObject({ secretRef: z.strictObject({ name: z.string() }) })).optional(),
  ports: z.array(z.strictObject({ name: z.string(), containerPort: z.int() })).optional(),
  securityContext: z
    .strictObject({
      allowPrivilegeEscalation: z.literal(false),
      readOnlyRootFilesystem: z.literal(true),
      capabilities: z.strictObject({ drop: z.tuple([z.literal('ALL')]) }),
    })
    .optional(),
  startupProbe: probe.optional(),
  livenessProbe: probe.optional(),
  readinessProbe: probe.optional(),
  resources: resources.optional(),
  volumeMounts: z.array(z.strictObject({ name: z.string(), mountPath: z.string(), readOnly: z.literal(true).optional() })).optional(),
});
const podSpec = z.strictObject({
  automountServiceAccountToken: z.literal(false).optional(),
  enableServiceLinks: z.literal(false).optional(),
  terminationGracePeriodSeconds: z.int().optional(),
  restartPolicy: z.enum(['OnFailure']).optional(),
  securityContext: z
    .strictObject({
      runAsNonRoot: z.literal(true),
      runAsUser: z.int(),
      runAsGroup: z.int(),
      seccompProfile: z.strictObject({ type: z.literal('RuntimeDefault') }),
    })
    .optional(),
  initContainers: z.array(container).optional(),
  containers: z.array(container),
  volumes: z
    .array(
      z.union([
        z.strictObject({ name: z.string(), configMap: z.strictObject({ name: z.string(), optional: z.boolean().optional() }) }),
        z.strictObject({ name: z.string(), emptyDir: z.strictObject({ medium: z.literal('Memory'), sizeLimit: z.string() }) }),
      ]),
    )
    .optional(),
});
const metadata = z.strictObject({ name: z.string(), labels: labels.optional() });
const selector = z.strictObject({ matchLabels: labels });

/** Every kind of object in `k8s/base`. */
export const Manifest = z.discriminatedUnion('kind', [
  z.strictObject({
    apiVersion: z.literal('apps/v1'),
    kind: z.literal('Deployment'),
    metadata,
    spec: z.strictObject({
      replicas: z.int().optional(),
      selector: selector.optional(),
      template: z.strictObject({ metadata: z.strictObject({ labels }).optional(), spec: podSpec }),
    }),
  }),
  z.strictObject({
    apiVersion: z.literal('batch/v1'),
    kind: z.literal('Job'),
    metadata,
    spec: z.strictObject({
      backoffLimit: z.int(),
      ttlSecondsAfterFinished: z.int(),
      template: z.strictObject({ metadata: z.strictObject({ labels }), spec: podSpec }),
    }),
  }),
  z.strictObject({
    apiVersion: z.literal('v1'),
    kind: z.literal('Service'),
    metadata,
    spec: z.strictObject({ selector: labels, ports: z.array(z.strictObject({ name: z.string(), port: z.int(), targetPort: z.string() })) }),
  }),
  z.strictObject({
    apiVersion: z.literal('policy/v1'),
    kind: z.literal('PodDisruptionBudget'),
    metadata,
    spec: z.strictObject({ minAvailable: z.int(), selector }),
  }),
  z.strictObject({
    apiVersion: z.literal('networking.k8s.io/v1'),
    kind: z.literal('NetworkPolicy'),
    metadata,
    spec: z.strictObject({
      podSelector: selector,
      policyTypes: z.tuple([z.literal('Ingress')]),
      ingress: z.array(
        z.strictObject({
          from: z.array(z.strictObject({ podSelector: z.strictObject({}) })).optional(),
          ports: z.array(z.strictObject({ protocol: z.literal('TCP'), port: z.int() })),
        }),
      ),
    }),
  }),
]);
export type Manifest = z.infer<typeof Manifest>;
