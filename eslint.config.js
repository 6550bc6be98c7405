import comments from '@eslint-community/eslint-plugin-eslint-comments/configs';
import js from '@eslint/js';
import prettier from 'eslint-config-prettier/flat';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const services = 'services/*/src/**/*.ts';
const tests = ['**/test/**/*.ts', 'test/**/*.ts', 'shared/src/testing/**/*.ts', 'benchmarks/**/*.ts'];

const restrict = (selector, message) => ({ selector, message });

const noDefaultExport = restrict('ExportDefaultDeclaration', 'Export by name: a name is the same wherever it is used.');
const noBarrel = [
  restrict('ExportAllDeclaration', 'No barrels: import from the file that declares it.'),
  restrict('ExportNamedDeclaration[source]', 'No barrels: import from the file that declares it.'),
];
const noEnum = restrict('TSEnumDeclaration', 'A union of string literals does what an enum does, and is what JSON holds.');
const noModuleState = [
  restrict(
    ':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration[kind="let"]',
    'A service is a value: no state in a module.',
  ),
  restrict(
    ':matches(Program, Program > ExportNamedDeclaration) > VariableDeclaration > VariableDeclarator > NewExpression[callee.name=/^(Map|Set)$/][arguments.length=0]',
    'A service is a value: no collection in a module that is filled while it runs.',
  ),
];
const noSwallowing = [
  restrict('CatchClause > BlockStatement[body.length=0]', 'A catch that does nothing hides the fault: handle it, or do not catch it.'),
  restrict(
    'CallExpression[callee.property.name="catch"] > ArrowFunctionExpression > :matches(BlockStatement[body.length=0], Identifier[name="undefined"])',
    'A catch that does nothing hides the fault: handle it, or do not catch it.',
  ),
];
const noPublish = restrict(
  'CallExpression[callee.property.name="publish"]',
  'Only the outbox relay publishes: return the event from the decision.',
);
const noOwnTime = [
  restrict(
    'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    'Time is an argument: use the call’s `now` or the clock.',
  ),
  restrict('NewExpression[callee.name="Date"][arguments.length=0]', 'Time is an argument: use the call’s `now` or the clock.'),
  restrict('CallExpression[callee.object.name="Math"][callee.property.name="random"]', 'Chance is an argument: use the call’s `ids`.'),
];
const aRequest = '/^_?req(uest)?$/';
const theirAddress = '/^(ips?|remoteAddress)$/';
/** Writing the header for the next server is fine: the gateway does it with what `forwardedAddress` found. */
const noOwnAddress = [
  `MemberExpression[property.name=${theirAddress}]:matches([object.name=${aRequest}], [object.property.name=${aRequest}])`,
  `MemberExpression[property.name=${theirAddress}]:matches([object.name="socket"], [object.property.name="socket"])`,
  `VariableDeclarator[init.name=${aRequest}] > ObjectPattern > Property[key.name=${theirAddress}]`,
  `ObjectPattern[typeAnnotation.typeAnnotation.typeName.name="Request"] > Property[key.name=${theirAddress}]`,
  'Literal[value=/^x-forwarded-for$/i]:not(AssignmentExpression > MemberExpression.left > Literal.property)',
  'TemplateElement[value.raw=/^x-forwarded-for$/i]',
].map((selector) =>
  restrict(
    selector,
    'An address that a proxy tells may be any text: ask clientAddress or forwardedAddress of shared/src/http/client-address.ts.',
  ),
);
/** Words that meant several things (docs/glossary.md); exported names say which of them they mean. */
const retiredWords = '/^(create)?([Ss]ettle|[Rr]etell|[Rr]etold|[Tt]elling|[Ee]state)([A-Z]|s?$)|^([Tt]old|[Ww]anted|[Ww]ords|wordsOf)$/';
const refuseExported = (names) =>
  [
    `:matches(FunctionDeclaration, TSInterfaceDeclaration, TSTypeAliasDeclaration, ClassDeclaration)[id.name=${names}]`,
    `VariableDeclaration > VariableDeclarator[id.name=${names}]`,
  ].map((declaration) =>
    restrict(`ExportNamedDeclaration > ${declaration}`, 'This word meant several things: take the one of docs/glossary.md that says it.'),
  );
const noRetiredWord = refuseExported(retiredWords);
/** What a service may be given is its options, what its use cases are made with its dependencies; parts are what is built into devices. */
const noParts = refuseExported('/^[A-Z][A-Za-z]*[a-z]Parts$/');
const aTitle = 'A test is titled `when <situation>, then <what is seen>`, in at most 100 characters: one fact that a failure names.';
const titles = [
  '[arguments.0.type="Literal"]:not([arguments.0.value=/^when .+, then .+/s])',
  '[arguments.0.value=/^.{101}/s]',
  '[arguments.0.type="TemplateLiteral"]:not([arguments.0.quasis.0.value.raw=/^when /])',
  ' > TemplateLiteral:first-child:not(:has(> TemplateElement[value.raw=/, then /]))',
  ' > TemplateLiteral:first-child > TemplateElement[value.raw=/^.{101}/s]',
].map((fault) => restrict(`CallExpression[callee.name="it"]${fault}`, aTitle));
const everywhere = [noDefaultExport, noEnum, ...noBarrel, ...noSwallowing, ...noRetiredWord];

const noEnvironment = {
  object: 'process',
  property: 'env',
  message: 'Only config.ts reads the environment: add a documented key there.',
};
const noProcessEvents = ['on', 'once', 'addListener'].map((property) => ({
  object: 'process',
  property,
  message: 'Only shared/src/composition/run.ts listens to signals: give your service a stop().',
}));
const noFocus = ['describe', 'it', 'context', 'specify'].flatMap((object) =>
  ['only', 'skip'].map((property) => ({ object, property, message: 'Every test runs, every time.' })),
);

export default defineConfig(
  { ignores: ['**/dist/', '**/data/', '**/coverage/', 'scripts/templates/', 'clients/typescript/src/schema.ts'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  comments.recommended,
  { rules: { '@eslint-community/eslint-comments/require-description': 'error' } },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'console', 'Buffer', 'URL', 'fetch', 'AbortSignal', 'setTimeout', 'clearTimeout', 'performance', 'module'].map(
          (name) => [name, 'readonly'],
        ),
      ),
    },
  },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
      // `() => void doThis()` and one-line callbacks read better without braces.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // One type parameter that names the answer (`get<Ticket>(…)`) is how this code reads JSON and documents.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      // Ports promise, and an implementation in memory has nothing to await.
      '@typescript-eslint/require-await': 'off',
      'no-restricted-properties': ['error', noEnvironment, ...noProcessEvents, ...noFocus],
      'no-restricted-syntax': ['error', ...everywhere, ...noModuleState, ...noOwnAddress],
      'no-restricted-imports': ['error', { name: 'node:process', message: 'Use the global `process`, so that the rules about it hold.' }],
      // It asks for `x!` where the strict rules forbid `x!`.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // Values are told apart by their fields, not by who made them.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // There are no enums here, and looking for them takes a fifth of the time.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      eqeqeq: 'error',
    },
  },
  {
    files: [services, 'gateway/src/**/*.ts', 'all-in-one/src/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...noModuleState, noPublish, ...noParts, ...noOwnTime, ...noOwnAddress] },
  },
  {
    // The one place where an address is read, and checked to be one.
    files: ['shared/src/http/client-address.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...noModuleState] },
  },
  {
    files: ['**/src/config.ts', '**/src/**/config.ts'],
    rules: { 'no-restricted-properties': ['error', ...noProcessEvents, ...noFocus] },
  },
  {
    // The two doors to the operating system's signals: every service's, and that of the database when it runs alone.
    files: ['shared/src/composition/run.ts', 'embedded-mongo/src/cli.ts'],
    rules: { 'no-restricted-properties': ['error', noEnvironment, ...noFocus] },
  },
  {
    // A published package has one entry file.
    files: ['embedded-mongo/src/index.ts', 'clients/*/src/index.ts'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, ...noSwallowing, ...noModuleState] },
  },
  {
    files: tests,
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // Tests and benchmarks are told by the environment which servers to use, and state lives in `describe` blocks.
      'no-restricted-properties': ['error', ...noProcessEvents, ...noFocus],
      'no-restricted-syntax': ['error', ...everywhere, ...noModuleState, ...titles],
      // chai asserts with property reads: `expect(x).to.be.true`.
      '@typescript-eslint/no-unused-expressions': 'off',
      // A test that meets an undefined fails, which is what it is for.
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    // A package of its own, whose tests are titled by the command and what it does.
    files: ['embedded-mongo/test/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...noModuleState] },
  },
  {
    // One database server and one key pair for a whole test run are what its speed comes from.
    files: ['shared/src/testing/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere] },
  },
  prettier,
);
