import { type Doc, isDoc, type Value } from '../bson/values.js';
import { failedToParse, MongoError } from '../errors.js';
import type { Scope } from '../expression/expression.js';
import { plainStages } from './stages.js';
import { type DocStream } from './stream.js';
import { type Job, PAUSE } from '../stretch.js';

const allowed = ['$addFields', '$set', '$project', '$unset', '$replaceRoot', '$replaceWith'];

/** A pipeline-style update (manual: tutorial/update-documents-with-aggregation-pipeline). */
export function compilePipelineUpdate(pipeline: readonly Value[], variables?: Scope): (document: Doc) => Job<Doc> {
  const stages = pipeline.map((stage) => {
    if (!isDoc(stage) || stage.size !== 1) throw failedToParse('A pipeline stage specification object must contain exactly one field.');
    const [[name, argument]] = [...stage] as [[string, Value]];
    const compiler = plainStages[name];
    if (!allowed.includes(name) || !compiler) throw new MongoError(72, `${name} is not allowed to be used within an update`);
    return compiler(argument, variables ?? new Map());
  });
  return function* (document) {
    let stream: DocStream = single(document);
    for (const stage of stages) stream = stage(stream);
    for (const result of stream) {
      if (result !== PAUSE) return result;
      yield PAUSE;
    }
    return document;
  };
}

function* single(document: Doc): DocStream {
  yield document;
}
