import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { parse } from 'yaml';
import { createInstallation, type Installation } from './installation.js';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const DEPLOY = join(ROOT, 'deploy');
const METRICS_TOKEN = 'a token for the metrics of this test';

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly annotations: { readonly summary: string; readonly action: string };
}

/** What the query language itself has, besides metrics and their labels. */
const WORDS = new Set('sum max by rate increase histogram_quantile topk le job instance'.split(' '));
/** Made by Prometheus for everything that it scrapes. */
const SCRAPED = new Set(['up']);

/** Names in an expression, without what stands in quotes and without lengths of time. */
const namesIn = (expr: string): readonly string[] => expr.replaceAll(/"[^"]*"|\[\w+\]|\b\d[\w.]*/g, '').match(/[a-zA-Z_]\w*/g) ?? [];

describe('alerts and dashboard', () => {
  let installation: Installation;
  let exposed: string;
  before(async () => {
    installation = await createInstallation();
    const url = `http://127.0.0.1:${await installation.start({ METRICS_TOKEN })}`;
    await (await fetch(`${url}/api/v1/auth/me`)).arrayBuffer();
    exposed = await (await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } })).text();
  });
  after(() => installation.remove());

  /** Metrics that exist with what a histogram makes of its name, and their labels. */
  const known = (): ReadonlySet<string> => {
    const types = [...exposed.matchAll(/^# TYPE (\w+) (\w+)$/gm)].flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
    );
    return new Set(types);
  };
  /** Of the table in docs/operations.md: a metric that has counted nothing yet shows none. */
  const documented = async (): Promise<{ readonly metrics: readonly string[]; readonly labels: ReadonlySet<string> }> => {
    const text = await readFile(join(ROOT, 'docs/operations.md'), 'utf8');
    const section = text.slice(text.indexOf('## Metrics'), text.indexOf('## Doctor'));
    const found = [...section.matchAll(/`([a-z_]+)(?:\{([a-z_,]+)\})?`/g)].filter(([, name = '']) => name.includes('_'));
    return {
      metrics: found.map(([, name = '']) => name),
      labels: new Set(found.flatMap(([, , labels = '']) => labels.split(','))),
    };
  };
  const rules = async (): Promise<readonly Rule[]> => {
    const file = parse(await readFile(join(DEPLOY, 'prometheus/alerts.yml'), 'utf8')) as { groups: { rules: Rule[] }[] };
    return file.groups.flatMap((group) => group.rules);
  };
  const panels = async (): Promise<readonly { title: string; targets: { expr: string }[] }[]> =>
    (
      JSON.parse(await readFile(join(DEPLOY, 'grafana/riparo.json'), 'utf8')) as {
        panels: { title: string; targets: { expr: string }[] }[];
      }
    ).panels;

  it('when an expression names a metric, then Riparo has it', async () => {
    const expressions = [
      ...(await rules()).map(({ expr }) => expr),
      ...(await panels()).flatMap(({ targets }) => targets.map(({ expr }) => expr)),
    ];
    const [metrics, { labels }] = [known(), await documented()];
    const unknown = expressions.flatMap((expr) =>
      namesIn(expr).filter((name) => !metrics.has(name) && !labels.has(name) && !WORDS.has(name) && !SCRAPED.has(name)),
    );
    expect(expressions.length).to.be.greaterThan(20);
    expect([...new Set(unknown)]).to.deep.equal([]);
  });

  it('when the documents name a metric, then Riparo has it', async () => {
    const { metrics } = await documented();
    const [own, text] = [metrics.filter((name) => /_(seconds|total|pending|open)$/.test(name)), exposed];
    expect(own.length).to.be.greaterThan(8);
    expect(own.filter((name) => !text.includes(`# TYPE ${name} `))).to.deep.equal([]);
  });

  it('when an alert calls somebody, then it says what to do', async () => {
    for (const { alert, annotations } of await rules()) {
      expect(annotations.summary, alert).to.match(/\S{3}/);
      expect(annotations.action, alert).to.match(/\S+ \S+ \S+/);
    }
  });
});
