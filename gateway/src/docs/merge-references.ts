import type { OpenApiDocument } from '@riparo/shared/http/openapi';

const DESCRIPTION = `The whole API of Riparo. One resource comes as \`{ data, timestamp }\`, a list as \`{ data, pagination }\`, a refusal as a
problem document (RFC 9457) whose \`code\` says which one. Sign in at \`POST /api/v1/auth/login\` and send the token as
\`Authorization: Bearer …\`.`;

/** Merges the services' documents into one. Each service keeps its tag. All documents have the same components. */
export const mergeReferences = (documents: readonly OpenApiDocument[]) => ({
  openapi: '3.1.0',
  info: { title: 'Riparo', version: '1', description: DESCRIPTION },
  servers: [{ url: '/' }],
  paths: Object.fromEntries(documents.flatMap(({ paths }) => Object.entries(paths)).sort(([a], [b]) => a.localeCompare(b))),
  components: documents[0]?.components ?? {},
});
