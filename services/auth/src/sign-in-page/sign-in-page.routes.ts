import { langQuery, pageLang } from '@riparo/shared/http/page';
import type { PageQuery } from '@riparo/shared/http/page-query';
import { SIGN_IN_PAGE, SIGN_OUT_PAGE } from '@riparo/shared/http/page-session';
import { action, get, type Route } from '@riparo/shared/http/route';
import Joi from 'joi';
import type { Dependencies } from '../dependencies.js';
import { SIGN_IN_PAGE_OPERATIONS } from './sign-in-page.reference.js';
import { getSignInPage, signInForm, signInOnPage } from './show-sign-in-page.js';
import { signOutForm, signOutOnPage } from './submit-sign-out-page.js';

const signInQuery = Joi.object<PageQuery>({
  next: Joi.string().description('Path and query of the page to go on to.'),
  out: Joi.string().description('Somebody has just signed out: the page says so.'),
  lang: pageLang(),
});

/** Signing in and out in a browser. Each does the same as the use case of the API. */
export const signInPageRoutes = (deps: Dependencies): readonly Route[] => {
  const page = { page: true, cookies: deps.pageCookies };
  return [
    get(SIGN_IN_PAGE, 'public', 'Shows the page on which people sign in for other pages.', { query: signInQuery }, getSignInPage(deps), {
      ...SIGN_IN_PAGE_OPERATIONS.getSignInPage,
      ...page,
    }),
    action(
      SIGN_IN_PAGE,
      'public',
      'Takes the form of that page, signs in, and leads to the page that was asked for.',
      { query: langQuery, body: signInForm },
      signInOnPage(deps),
      { ...SIGN_IN_PAGE_OPERATIONS.signInOnPage, ...page, success: 303 },
    ),
    action(
      SIGN_OUT_PAGE,
      'public',
      'Signs out of pages; each of them has the form.',
      { query: langQuery, body: signOutForm },
      signOutOnPage(deps),
      { ...SIGN_IN_PAGE_OPERATIONS.signOutOnPage, ...page, success: 303 },
    ),
  ];
};
