import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Router } from 'express';
import helmet from 'helmet';
import { describeEventsInSteps } from '@riparo/shared/http/reference/describe-events';
import type { Backend } from '../backend.js';
import { DESCRIBED_EVENTS } from './described-events.js';
import { mergeReferences } from './merge-references.js';
import { START, STYLE } from './pages.js';
import { toPostmanCollection } from './postman-collection.js';

/** Files of the documentation page. The gateway serves all of them; the page loads nothing from another machine. */
const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css',
  'swagger-ui-bundle.js': 'text/javascript',
  'favicon-32x32.png': 'image/png',
};

const PAGE = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Riparo API</title>
<link rel="icon" href="/docs/favicon-32x32.png"><link rel="stylesheet" href="/docs/swagger-ui.css"><link rel="stylesheet" href="/docs/page.css"></head>
<body><form id="sign-in" aria-label="Sign in"><strong>Sign in to try requests out</strong>
<label>E-mail <input name="email" type="email" autocomplete="username" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button>Sign in</button> <output role="status"></output></form>
<div id="reference"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>
`;

/**
 * Swagger UI writes style attributes, so inline styles are allowed. `upgrade-insecure-requests` is missing because it
 * would leave the page blank without TLS.
 */
const policy = helmet.contentSecurityPolicy({
  useDefaults: false,
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:'],
    objectSrc: ["'none'"],
    frameAncestors: ["'none'"],
    baseUri: ["'none'"],
  },
});

/** The labels that these pages have in metrics. */
export const REFERENCE_PATTERNS = ['/openapi.json', '/postman.json', '/asyncapi.json', '/docs', '/docs/*'] as const;

/** Milliseconds that a complete reference is kept. An incomplete one is made anew at the next request. */
const CACHE_MS = 60_000;

/** The documents of the API as text by their paths, made of what the services tell. */
const createDocuments = ({ describe }: Pick<Backend, 'describe'>) => {
  let cached: { readonly texts: Readonly<Record<'/openapi.json' | '/postman.json', string>>; readonly until: number } | undefined;
  return async () => {
    const now = performance.now();
    if (cached === undefined || cached.until < now) {
      const { documents, complete } = await describe();
      const reference = mergeReferences(documents);
      const texts = { '/openapi.json': JSON.stringify(reference), '/postman.json': JSON.stringify(toPostmanCollection(reference)) };
      cached = { texts, until: complete ? now + CACHE_MS : 0 };
    }
    return cached.texts;
  };
};

/**
 * `/openapi.json` describes the whole API, `/postman.json` has a request for each operation of it, `/asyncapi.json`
 * describes the events; `/docs` shows the API, and requests can be tried out there after signing in.
 */
export const createReference = (backend: Pick<Backend, 'describe'>): Router => {
  const directory = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const router = Router();
  let events: Promise<string> | undefined;
  const read = createDocuments(backend);

  for (const path of ['/openapi.json', '/postman.json'] as const)
    router.get(path, async (_request, response) => {
      response.locals.route = path;
      const texts = await read();
      response.type('application/json').send(texts[path]);
    });
  router.get('/docs', policy, (_request, response) => {
    response.locals.route = '/docs';
    response.type('text/html').send(PAGE);
  });
  for (const [path, type, text] of [
    ['/docs/start.js', 'text/javascript', START],
    ['/docs/page.css', 'text/css', STYLE],
  ] as const)
    router.get(path, (_request, response) => {
      response.locals.route = '/docs/*';
      response.type(type).send(text);
    });
  router.get('/asyncapi.json', async (_request, response) => {
    response.locals.route = '/asyncapi.json';
    events ??= describeEventsInSteps(DESCRIBED_EVENTS).then((described) => JSON.stringify(described));
    response.type('application/json').send(await events);
  });
  for (const [file, type] of Object.entries(ASSETS)) {
    let bytes: Buffer | undefined;
    router.get(`/docs/${file}`, (_request, response) => {
      response.locals.route = '/docs/*';
      bytes ??= readFileSync(join(directory, file));
      response.set('Cache-Control', 'public, max-age=3600').type(type).send(bytes);
    });
  }
  return router;
};
