import type Joi from 'joi';
import { line } from './schemas.js';

const DESCRIPTION =
  'Finds what has, for every word of the search, a word that begins with it. ' +
  'Case, accents, apostrophes, dashes and other signs make no difference: ' +
  "`O'Neil`, `oneil` and `neil` find O’Neil, `pf3x9k21` and `3x9k` find PF-3X9K21. " +
  'Text without spaces, such as Chinese, Japanese or Thai, is found by any part of it: `打印` finds 打印机坏了. ' +
  'With `pagination.searchIsPartial` in the answer, some texts have more than 500 different words, and only the first 500 were searched.';

/** The parameter `search` of a list; `over` says what is searched: `name and e-mail`. */
export const searchText = (over: string): Joi.StringSchema => line(200).description(`Searches ${over}. ${DESCRIPTION}`);
