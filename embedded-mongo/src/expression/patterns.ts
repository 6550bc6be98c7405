import { isDoc, Regex, typeName, type Value } from '../bson/values.js';
import { MongoError } from '../errors.js';
import { compileRegex, type Matcher, type PatternMatch } from '../document/regex.js';
import { type Job, PAUSE, stretch } from '../stretch.js';
import { isNullish } from './arguments.js';
import { fieldsOf } from './control.js';
import type { OperatorCompiler } from './expression.js';
import { needText } from './strings.js';

function regexOf(name: string, regex: Value | undefined, options: Value | undefined): Regex {
  const flags = typeof options === 'string' ? options : '';
  if (regex instanceof Regex) return new Regex(regex.pattern, regex.flags + flags);
  if (typeof regex === 'string') return new Regex(regex, flags);
  throw new MongoError(51105, `${name} needs 'regex' to be of type string or regex`);
}

/** Patterns seldom differ from one document to the next. */
function rememberingLast(): (regex: Regex) => Matcher {
  let last: { regex: Regex; matcher: Matcher } | undefined;
  return (regex) => {
    if (last?.regex.pattern !== regex.pattern || last.regex.flags !== regex.flags) last = { regex, matcher: compileRegex(regex) };
    return last.matcher;
  };
}

const codePoints = (text: string): number => text.length - (text.match(/[\ud800-\udbff][\udc00-\udfff]/g)?.length ?? 0);

function matchDoc(text: string, { start, end, captures }: PatternMatch, idx: number): Value {
  return new Map<string, Value>([
    ['match', text.slice(start, end)],
    ['idx', idx],
    ['captures', captures],
  ]);
}

function findFirst(text: string, matcher: Matcher): Value {
  const found = matcher.find(text, 0);
  return found ? matchDoc(text, found, codePoints(text.slice(0, found.start))) : null;
}

/** A match is a document with an array in it. */
const STEPS_OF_MATCH = 40;

function* findAll(text: string, matcher: Matcher): Job<Value> {
  const all: Value[] = [];
  let [counted, idx] = [0, 0];
  for (let found = matcher.find(text, 0); found;) {
    idx += codePoints(text.slice(counted, found.start));
    counted = found.start;
    stretch.spend(STEPS_OF_MATCH);
    all.push(matchDoc(text, found, idx));
    // Behind an empty match the search goes on at the next character.
    const next = found.end > found.start ? found.end : found.end + ((text.codePointAt(found.end) ?? 0) > 0xffff ? 2 : 1);
    found = next > text.length ? undefined : matcher.find(text, next);
    if (stretch.isDue(0)) yield PAUSE;
  }
  return all;
}

function regexOperator(name: string, result: (input: string, matcher: Matcher) => Value, none: Value): Record<string, OperatorCompiler> {
  const compiler: OperatorCompiler = (argument, compile) => {
    if (!isDoc(argument)) throw new MongoError(51103, `${name} expects an object of named arguments but found: ${typeName(argument)}`);
    const fields = fieldsOf(name, argument, ['input', 'regex'], ['options']);
    const [input, regex, options] = ['input', 'regex', 'options'].map((key) => compile(fields.get(key) ?? null));
    const matcherOf = rememberingLast();
    return (scope) => {
      const value = input?.(scope);
      const pattern = regex?.(scope);
      if (isNullish(value) || isNullish(pattern)) return none;
      return result(needText(name, value, 51104), matcherOf(regexOf(name, pattern, options?.(scope))));
    };
  };
  return { [name]: compiler };
}

export const patternOperators: Record<string, OperatorCompiler> = {
  ...regexOperator('$regexMatch', (text, matcher) => matcher.test(text), false),
  ...regexOperator('$regexFind', findFirst, null),
  ...regexOperator('$regexFindAll', (text, matcher) => stretch.inParts(() => findAll(text, matcher)), []),
};
