import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SETTINGS } from '@schoolbell/config';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { findHelm } from '../support/helm/find-helm.js';

const CHART = resolve('deploy/helm/schoolbell');
const helm = await findHelm();
const read = (path: string): string => readFileSync(join(CHART, path), 'utf8');
const values = parse(read('values.yaml'));

/** A resource of Kubernetes. */
interface Resource {
  apiVersion: string;
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  spec: any;
  data?: Record<string, string>;
}

/** What is chosen beside the defaults. */
const CHOICES = {
  nothing: {},
  everything: {
    settings: {
      PUBLIC_URL: 'https://bell.example.com',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
    },
    metrics: { podMonitor: { enabled: true } },
    imagePullSecrets: [{ name: 'registry' }],
    api: { autoscaling: { enabled: true }, podLabels: { team: 'lms' } },
    dispatcher: {
      autoscaling: { enabled: true, metric: { matchLabels: { namespace: 'prod' } } },
      nodeSelector: { pool: 'egress' },
      tolerations: [{ key: 'egress', operator: 'Exists' }],
    },
    ingress: { enabled: true, className: 'nginx', tlsSecretName: 'bell-tls' },
  },
  'a secret elsewhere': { secretRefs: { DATABASE_URL: { name: 'postgres-app', key: 'uri' } } },
  'a long end': { shutdownGraceSeconds: 120 },
  settings: { settings: { RETENTION_DAYS: 90, EGRESS_ALLOW_HTTP: true } },
  'a setting that does not exist': { settings: { LOG_LEVLE: 'warn' } },
  'a secret as a setting': { settings: { JWT_SECRET: 'in the clear' } },
  'a value that the chart does not have': { apis: { replicas: 3 } },
  'a grace period that API and dispatcher refuse': { shutdownGraceSeconds: 0 },
};
type Choice = keyof typeof CHOICES;

const chart = helm?.render(CHART, Object.values(CHOICES));
const renderedWith = (choice: Choice) =>
  chart!.rendered[Object.keys(CHOICES).indexOf(choice)] ?? { error: 'not rendered' };

function resourcesWith(choice: Choice): Resource[] {
  const { manifests, error } = renderedWith(choice);
  if (!manifests) throw new Error(error);
  return Object.entries(manifests)
    .filter(([template]) => template.endsWith('.yaml'))
    .flatMap(([, text]) => parseAllDocuments(text).map((each) => each.toJS() as Resource))
    .filter((resource) => resource !== null);
}

describe.skipIf(!helm)('the Helm chart', () => {
  const byDefault = helm ? resourcesWith('nothing') : [];
  const one = (kind: string, name: string, all = byDefault): Resource => {
    const found = all.find((each) => each.kind === kind && each.metadata.name === name);
    if (!found) throw new Error(`No ${kind} ${name}.`);
    return found;
  };
  /** What a version of Kubernetes finds fault with, fields that it does not know included. */
  const strictSchemas = (version: string) => {
    const folder = join(helm!.schemas, `v${version}-local-strict`);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema(readJson(join(folder, '_definitions.json')), '/api/_definitions.json');
    return (resource: Resource) => {
      const group = resource.apiVersion.replace(/^([^./]*)(?:\.[^/]*)?\//, '$1-');
      const file = `${resource.kind.toLowerCase()}-${group}.json`;
      const validate =
        ajv.getSchema(file) ?? ajv.compile({ ...readJson(join(folder, file)), $id: file });
      validate(resource);
      return validate.errors ?? [];
    };
  };
  const podOf = ({ spec }: Resource) => spec.template.spec;
  const containerOf = (resource: Resource) => podOf(resource).containers[0];
  const envOf = (resource: Resource): Record<string, any> =>
    Object.fromEntries(
      containerOf(resource).env.map(({ name, value, valueFrom }: any) => [
        name,
        value ?? valueFrom,
      ]),
    );
  const workloads = (): [string, Resource][] => [
    ['API', one('Deployment', 'bell-schoolbell-api')],
    ['dispatcher', one('Deployment', 'bell-schoolbell-dispatcher')],
    ['migration', one('Job', 'bell-schoolbell-migration')],
  ];

  it.each(['1.30.0', '1.37.0'])(
    'is made of nothing but what Kubernetes %s knows, with all that can be chosen and without',
    (version) => {
      const faultsOf = strictSchemas(version);
      const all = [...byDefault, ...resourcesWith('everything')];
      // The Prometheus operator brings its own kinds.
      for (const resource of all.filter(({ kind }) => kind !== 'PodMonitor')) {
        expect(faultsOf(resource), `${resource.kind} ${resource.metadata.name}`).toEqual([]);
      }
    },
  );

  it('would not pass with a field that Kubernetes does not know', () => {
    const broken = structuredClone(one('Deployment', 'bell-schoolbell-api'));
    containerOf(broken).livenessProbe.periodSecond = 1;
    expect(strictSchemas('1.30.0')(broken)).not.toEqual([]);
  });

  it('has nothing that Helm finds fault with', () => {
    expect(chart!.lint.errors).toEqual([]);
    expect(chart!.lint.messages.filter(({ severity }) => severity > 1)).toEqual([]);
  });

  it('runs API, dispatchers and migration, each with a way to be evicted one by one', () => {
    const kinds = byDefault.map(({ kind, metadata }) => `${kind} ${metadata.name}`).toSorted();
    expect(kinds).toEqual([
      'ConfigMap bell-schoolbell',
      'Deployment bell-schoolbell-api',
      'Deployment bell-schoolbell-dispatcher',
      'Job bell-schoolbell-migration',
      'NetworkPolicy bell-schoolbell-api',
      'NetworkPolicy bell-schoolbell-dispatcher',
      'PodDisruptionBudget bell-schoolbell-api',
      'PodDisruptionBudget bell-schoolbell-dispatcher',
      'Service bell-schoolbell-api',
      'ServiceAccount bell-schoolbell',
    ]);
    for (const part of ['api', 'dispatcher']) {
      const { spec } = one('PodDisruptionBudget', `bell-schoolbell-${part}`);
      expect(spec.maxUnavailable).toBe(1);
      expect(one('Deployment', `bell-schoolbell-${part}`).spec.replicas).toBe(2);
    }
  });

  it('runs nobody special, on a file system that is only read', () => {
    for (const [, workload] of workloads()) {
      expect(podOf(workload)).toMatchObject({
        automountServiceAccountToken: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 1000,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      });
      expect(containerOf(workload)).toMatchObject({
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        },
        volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
      });
      expect(containerOf(workload).resources.limits.memory).toMatch(/^\d+[MG]i$/);
    }
  });

  it('takes secrets from a Secret by reference, for each process those that it needs', () => {
    const fromSecret = (resource: Resource): string[] =>
      Object.entries(envOf(resource)).flatMap(([name, value]) => (value.secretKeyRef ? name : []));
    const [[, api], [, dispatcher], [, migration]] = workloads() as any;
    const storage = ['DATABASE_URL', 'DATABASE_DIRECT_URL'];
    const queue = ['REDIS_URL', 'REDIS_SENTINELS'];
    expect(fromSecret(api)).toEqual([...storage, 'ENCRYPTION_KEY', 'JWT_SECRET', ...queue]);
    expect(fromSecret(dispatcher)).toEqual([
      ...storage,
      'ENCRYPTION_KEY',
      ...queue,
      'SMTP_URL',
      'EGRESS_PROXY',
    ]);
    expect(fromSecret(migration)).toEqual(storage);
    expect(envOf(api).REDIS_URL.secretKeyRef).toEqual({
      name: 'schoolbell',
      key: 'REDIS_URL',
      optional: true,
    });
    const elsewhere = resourcesWith('a secret elsewhere');
    const other = one('Job', 'bell-schoolbell-migration', elsewhere);
    expect(envOf(other).DATABASE_URL.secretKeyRef).toEqual({ name: 'postgres-app', key: 'uri' });
    expect(byDefault.some(({ kind }) => kind === 'Secret')).toBe(false);
  });

  it('migrates before anything changes, with nothing that is not there yet', () => {
    const migration = one('Job', 'bell-schoolbell-migration');
    expect(migration.metadata.annotations).toMatchObject({
      'helm.sh/hook': 'pre-install,pre-upgrade',
    });
    expect(podOf(migration)).not.toHaveProperty('serviceAccountName');
    expect(containerOf(migration)).not.toHaveProperty('envFrom');
    expect(containerOf(migration).command).toEqual(['node', 'dist/apps/standalone/src/migrate.js']);
  });

  it('asks the API whether it lives and is ready, and names each dispatcher by its pod', () => {
    const api = containerOf(one('Deployment', 'bell-schoolbell-api'));
    expect(api.livenessProbe.httpGet).toEqual({ path: '/health/live', port: 'http' });
    expect(api.readinessProbe.httpGet).toEqual({ path: '/health/ready', port: 'http' });
    const dispatcher = one('Deployment', 'bell-schoolbell-dispatcher');
    const { livenessProbe } = containerOf(dispatcher);
    expect(livenessProbe.httpGet).toEqual({ path: '/health/live', port: 'metrics' });
    expect(envOf(dispatcher).DISPATCHER_NAME).toEqual({ fieldRef: { fieldPath: 'metadata.uid' } });
  });

  it.each<[number, Choice]>([
    [25, 'nothing'],
    [120, 'a long end'],
  ])('gives every process longer to stop than it takes: %d s', (seconds, choice) => {
    const all = resourcesWith(choice);
    for (const part of ['api', 'dispatcher']) {
      const deployment = one('Deployment', `bell-schoolbell-${part}`, all);
      expect(envOf(deployment).SHUTDOWN_GRACE_SECONDS).toBe(String(seconds));
      const waits = containerOf(deployment).lifecycle?.preStop.sleep.seconds ?? 0;
      const { terminationGracePeriodSeconds } = podOf(deployment);
      expect(terminationGracePeriodSeconds).toBeGreaterThanOrEqual(seconds + waits + 5);
    }
  });

  it('starts programs that are in the image', () => {
    const dockerfile = readFileSync('Dockerfile', 'utf8');
    for (const [, workload] of workloads()) {
      const program = containerOf(workload).command.at(-1);
      expect(dockerfile).toContain(`"${program}"`);
    }
  });

  it('scales dispatchers by how far behind they are, and APIs by CPU', () => {
    const all = resourcesWith('everything');
    const { spec } = one('HorizontalPodAutoscaler', 'bell-schoolbell-dispatcher', all);
    expect(spec).toMatchObject({ minReplicas: 2, maxReplicas: 8 });
    expect(spec.metrics).toEqual([
      {
        type: 'External',
        external: {
          metric: {
            name: 'schoolbell_oldest_unserved_seconds',
            selector: { matchLabels: { namespace: 'prod' } },
          },
          target: { type: 'Value', value: '15' },
        },
      },
    ]);
    const ofApi = one('HorizontalPodAutoscaler', 'bell-schoolbell-api', all);
    expect(ofApi.spec.metrics[0].resource.name).toBe('cpu');
    for (const part of ['api', 'dispatcher']) {
      const scaled = one('Deployment', `bell-schoolbell-${part}`, all);
      expect(scaled.spec).not.toHaveProperty('replicas');
    }
  });

  it('shows the metrics of every pod to the cluster, and traces where there is a collector', () => {
    const all = resourcesWith('everything');
    for (const part of ['api', 'dispatcher']) {
      const deployment = one('Deployment', `bell-schoolbell-${part}`, all);
      expect(envOf(deployment)).toMatchObject({ METRICS_HOST: '0.0.0.0', METRICS_PORT: '9464' });
      expect(containerOf(deployment).ports).toContainEqual({
        name: 'metrics',
        containerPort: 9464,
      });
      expect(containerOf(deployment).command.slice(-3, -1)).toEqual([
        '--import',
        './dist/apps/tracing/src/register.js',
      ]);
      const plain = one('Deployment', `bell-schoolbell-${part}`);
      expect(containerOf(plain).command).not.toContain('--import');
    }
    const { spec } = one('PodMonitor', 'bell-schoolbell', all);
    expect(spec.podMetricsEndpoints).toEqual([{ port: 'metrics', interval: '15s' }]);
  });

  it('starts its pods anew when a setting changes', () => {
    const checksumWith = (choice: Choice): string => {
      const api = one('Deployment', 'bell-schoolbell-api', resourcesWith(choice));
      return api.spec.template.metadata.annotations['checksum/settings'];
    };
    expect(checksumWith('settings')).not.toBe(checksumWith('nothing'));
    expect(checksumWith('a long end')).toBe(checksumWith('nothing'));
    const all = resourcesWith('settings');
    expect(one('ConfigMap', 'bell-schoolbell', all).data).toEqual({
      RETENTION_DAYS: '90',
      EGRESS_ALLOW_HTTP: 'true',
    });
  });

  it.each<Choice>([
    'a setting that does not exist',
    'a secret as a setting',
    'a value that the chart does not have',
    'a grace period that API and dispatcher refuse',
  ])('refuses %s', (choice) => {
    expect(renderedWith(choice).error).toMatch(/specifications of the schema/);
  });

  it('lets nobody reach dispatchers but for metrics, and APIs reach nobody but storage and name servers', () => {
    expect(one('NetworkPolicy', 'bell-schoolbell-dispatcher').spec).toMatchObject({
      policyTypes: ['Ingress'],
      ingress: [{ ports: [{ port: 'metrics' }] }],
    });
    const { egress } = one('NetworkPolicy', 'bell-schoolbell-api').spec;
    expect(egress.flatMap(({ ports }: any) => ports.map(({ port }: any) => port))).toEqual([
      53, 53, 5432, 6379,
    ]);
  });
});

describe('the values of the Helm chart', () => {
  /** What the chart sets itself, or `npm start` alone has. */
  const OWN = [
    'PORT',
    'HOST',
    'SHUTDOWN_GRACE_SECONDS',
    'DISPATCHER_NAME',
    'SCHOOLBELL_HOME',
    'LOG_FILE_MB',
    'LOG_FILES',
    'APIS',
    'DISPATCHERS',
    'METRICS_HOST',
    'METRICS_PORT',
  ];

  it('take every setting of .env.example; one that is new goes into values.schema.json', () => {
    const { properties } = readJson(join(CHART, 'values.schema.json')) as any;
    const taken = [
      ...properties.settings.propertyNames.enum,
      ...Object.keys(properties.secretRefs.properties),
      ...OWN,
    ];
    const known = Object.values(SETTINGS).filter((setting) => !('internal' in setting));
    expect(taken.toSorted()).toEqual(known.map(({ name }) => name as string).toSorted());
    expect(Object.keys(values.secretRefs)).toEqual(Object.keys(properties.secretRefs.properties));
  });

  it('scale dispatchers by a metric that there is', () => {
    const metrics = readFileSync('docs/operating/metrics.md', 'utf8');
    expect(metrics).toContain(`| \`${values.dispatcher.autoscaling.metric.name}\``);
  });

  it('name the version of the product', () => {
    const { version } = readJson('package.json') as any;
    expect(parse(read('Chart.yaml'))).toMatchObject({ version, appVersion: version });
  });

  it('give a migration as much time as it may wait for its tables', () => {
    expect(values.migration.activeDeadlineSeconds).toBeGreaterThan(600);
  });

  it('have a template for each part', () => {
    expect(readdirSync(join(CHART, 'templates'))).toEqual(
      expect.arrayContaining(['api.yaml', 'dispatcher.yaml', 'migration.yaml']),
    );
    expect(existsSync(join(CHART, 'values.schema.json'))).toBe(true);
  });
});

function readJson(path: string): object {
  return JSON.parse(readFileSync(path, 'utf8'));
}
