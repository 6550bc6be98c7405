import { ASSET_CATEGORIES } from '@riparo/shared/contracts/enums';
import { line, oneOf, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import type { CaseChanges, CaseContent, CaseDevice, CasePart } from './knowledge-case.js';

const LONGEST_SYMPTOM = 2_000;
const LONGEST_CAUSE = 5_000;
export const LONGEST = { symptom: LONGEST_SYMPTOM, cause: LONGEST_CAUSE, solution: 10_000, name: 200, tag: 50 } as const;
export const MOST = { parts: 50, tags: 20 } as const;
const MOST_MINUTES = 100_000;

export const deviceBody = Joi.object<CaseDevice>({
  category: oneOf(ASSET_CATEGORIES).required(),
  brand: line(LONGEST.name).required(),
  model: line(LONGEST.name).required(),
});
const part = Joi.object<CasePart>({ sku: line(100), name: line(LONGEST.name).required() });
const minutes = Joi.number().integer().min(0).max(MOST_MINUTES);
const tags = Joi.array().items(line(LONGEST.tag).lowercase()).max(MOST.tags).unique();
const notPersonal = Joi.array()
  .items(line())
  .max(50)
  .description(
    "Stretches that a rule takes for somebody's although they are nobody's: names, streets, plates … Mail addresses and numbers with check digits are always refused.",
  );

export type NewCaseBody = CaseContent & { readonly notPersonal: readonly string[] };

export const newCaseBody = Joi.object<NewCaseBody>({
  device: deviceBody,
  symptom: paragraph(LONGEST.symptom).required(),
  cause: paragraph(LONGEST.cause),
  solution: paragraph(LONGEST.solution).required(),
  minutes,
  parts: Joi.array().items(part).max(MOST.parts).default([]),
  tags: tags.default([]),
  public: Joi.boolean().default(false),
  notPersonal: notPersonal.default([]),
});

export const changesBody = Joi.object<CaseChanges>({
  device: deviceBody.allow(null),
  symptom: paragraph(LONGEST.symptom),
  cause: paragraph(LONGEST.cause).allow(null),
  solution: paragraph(LONGEST.solution),
  minutes: minutes.allow(null),
  parts: Joi.array().items(part).max(MOST.parts),
  tags,
  public: Joi.boolean(),
  notPersonal,
}).min(1);
