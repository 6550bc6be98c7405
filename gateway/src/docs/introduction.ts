/** What the reference says before its operations, in Markdown. */
export const INTRODUCTION = `Customers register devices, open tickets, book appointments and follow repairs; the centre takes in, repairs, hands back and collects. Everything is below \`/api/v1\`.

## Sign in
\`\`\`
curl -X POST https://riparo.example/api/v1/auth/login -H 'Content-Type: application/json' \\
  -d '{"email":"admin@example.com","password":"…"}'
\`\`\`
The answer has a \`token\` for \`Authorization: Bearer …\` and a \`refreshToken\` for \`POST /auth/refresh\`, which gives a new pair. A refresh token works once.

## Answers
One thing comes as \`{ data, timestamp }\`, a list as \`{ data, pagination }\`. \`page\` begins at 1, \`pageSize\` is 20 unless said otherwise and 100 at most, \`sort\` is a field's name, with \`-\` for descending. Answers may get further fields: read past those that you do not know.

## Errors
A refusal is a problem document (RFC 9457, \`application/problem+json\`). Rely on its \`code\`; \`detail\` is a sentence for people. 422 lists all faults of an input at once in \`errors\`, each with the path of its field:
\`\`\`
{ "type": "/problems/validation-failed", "status": 422, "code": "VALIDATION_FAILED",
  "errors": [{ "path": "title", "message": "is required" }] }
\`\`\`
Some refusals say more, such as the \`alternatives\` to a time that is taken: their schema has the name of their code (\`AppointmentSlotTakenProblem\`). 429 and 503 name the seconds to wait in \`Retry-After\`.

## How often
Each operation names its limits in \`x-rate-limit\`, with the \`code\` of the 429 beyond each. The headers \`RateLimit\` and \`RateLimit-Policy\` tell what is left of those that count all your requests.

## Once, not twice
A request that makes something takes an \`Idempotency-Key\`, any text of yours. The same key with the same body within 24 hours makes nothing twice and is answered as the first time. With another body it is 422 \`IDEMPOTENCY_KEY_REUSED\`.

## Changes of others
What has a \`version\` comes with an \`ETag\`. Send it as \`If-Match\` with PUT, PATCH and DELETE: 412 \`STALE_VERSION\` means that somebody changed it since you read it.

## Moments, days, money
A moment names its offset (\`2026-01-31T09:00:00Z\`); answers are in UTC. A bare day (\`2026-01-31\`) is that day of the centre's time zone, where a whole day means something. An amount is in minor units with its currency: \`{ "amount": 1250, "currency": "EUR" }\` is 12.50 euros.
`;
