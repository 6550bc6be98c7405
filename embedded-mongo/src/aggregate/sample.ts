import type { Doc } from '../bson/values.js';
import { allowance, weigh } from './memory.js';
import { forEach, itself, needDoc, paced, positiveLong, type StageCompiler } from './stream.js';

/** Any n documents, each as likely as the others: what is met later takes the place of what was kept. */
export const sample: StageCompiler = (argument) => {
  const size = positiveLong('$sample', needDoc('$sample', argument).get('size') ?? null, 1);
  return function* (input) {
    const kept: Doc[] = [];
    const spend = allowance('$sample');
    let met = 0;
    yield* forEach(input, (document) => {
      met++;
      const place = kept.length < size ? kept.length : Math.floor(Math.random() * met);
      if (place >= size) return;
      spend(weigh(document) - (kept[place] ? weigh(kept[place]) : 0));
      kept[place] = document;
    });
    yield* paced(shuffled(kept), itself);
  };
};

function shuffled(documents: Doc[]): Doc[] {
  for (let i = documents.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [documents[i], documents[j]] = [documents[j] as Doc, documents[i] as Doc];
  }
  return documents;
}
