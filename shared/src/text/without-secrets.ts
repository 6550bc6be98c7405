const CUT = '[cut out]';

/** What a secret looks like, in words that somebody else's program wrote. */
const RULES: readonly (readonly [looks: RegExp, instead: string])[] = [
  // The user of an address: `amqp://riparo:…@rabbitmq`.
  [/(\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@]{1,300}@/gi, `$1${CUT}@`],
  [/\b(Bearer|Basic)\s+[\w\-.~+/=]+/gi, `$1 ${CUT}`],
  // `"password":"…"`, `token=…`, `api_key: …`
  [
    /((?:passwor[dt]|passphrase|secret|token|api[_-]?key|authorization|cookie)\w{0,20}["']?\s{0,3}[:=]\s{0,3})(?:"[^"]{0,500}"|'[^']{0,500}'|[^\s"',;&)}]{1,500})/gi,
    `$1${CUT}`,
  ],
  // JSON web tokens begin with `{"` in base64.
  [/\beyJ[\w-]{5,}(?:\.[\w-]*){1,2}/g, CUT],
  // Other tokens: 40 and more signs without a blank, of which a UUID has 36.
  [/[\w-]{40,}(?:\.[\w-]+)*/g, CUT],
];

/** A text of an error without what may be a secret in it. It is for people who read it, and never the only guard. */
export const withoutSecrets = (text: string): string => RULES.reduce((rest, [looks, instead]) => rest.replace(looks, instead), text);
