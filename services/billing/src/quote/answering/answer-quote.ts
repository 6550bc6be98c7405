import { invalidInput } from '@riparo/shared/errors/common-errors';
import { ok } from '@riparo/shared/http/reply';
import type { Call, Reply } from '@riparo/shared/http/route';
import { line, paragraph } from '@riparo/shared/http/schemas';
import Joi from 'joi';
import { workIsOver } from '../../work/work.js';
import { findVisible, isCustomer, refuseStale, type AccessDeps } from '../quote.access.js';
import { quoteNotFound } from '../quote.errors.js';
import type { Quote } from '../quote.js';
import { viewQuote } from '../quote.view.js';
import { answeredVersion, answerQuote, isAnsweredSo, type Answer, type Outcome } from './decide-answer.js';

export interface AnswerBody {
  /** `quoteVersion` of what the customer has read. */
  readonly version: number;
  readonly name?: string;
  readonly comment?: string;
}

export const answerFields = { version: Joi.number().strict().integer().min(1), name: line(200), comment: paragraph(2_000) };
export const answerBody = Joi.object<AnswerBody>({ ...answerFields, version: answerFields.version.required() });

/** Work that has ended needs no answer. Whoever repeats an answer gets it again, whatever has become of the work. */
export const refuseEndedWork = async (
  { findWork }: Pick<AccessDeps, 'findWork'>,
  tenantId: string,
  quote: Quote,
  { version, outcome }: Pick<Answer, 'version' | 'outcome'>,
): Promise<void> => {
  if (isAnsweredSo(answeredVersion(quote, version), outcome)) return;
  const work = await findWork(tenantId, quote, ({ isOver }) => !isOver);
  if (work?.isOver === true) throw workIsOver(work);
};

const deciding =
  (outcome: Outcome) =>
  (deps: AccessDeps) =>
  async ({ caller, params: { id }, body, ip, ifMatch, now: at }: Call<AnswerBody, unknown, { id: string }>): Promise<Reply> => {
    const { tenantId, userId } = caller;
    const found = await findVisible(deps, caller, id);
    const by = isCustomer(caller) ? 'CUSTOMER_USER' : 'COUNTER';
    const name = body.name ?? (by === 'COUNTER' ? undefined : caller.name);
    if (name === undefined) throw invalidInput([{ path: 'name', message: 'is required: the name of the customer who answers' }]);
    const answer: Answer = { outcome, version: body.version, by, name, ip, comment: body.comment, userId, at };
    await refuseEndedWork(deps, tenantId, found, answer);
    const quote = await deps.quotes.in(tenantId).update(id, (before) => {
      refuseStale(caller, ifMatch, before);
      return answerQuote(before, answer);
    });
    if (quote === undefined) throw quoteNotFound();
    return ok(viewQuote(caller, quote, at));
  };

/** `POST /quotes/:id/accept`. */
export const acceptQuote = deciding('ACCEPTED');
/** `POST /quotes/:id/decline`. */
export const declineQuote = deciding('DECLINED');
