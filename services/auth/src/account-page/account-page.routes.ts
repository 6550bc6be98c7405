import { langQuery, pageLang } from '@riparo/shared/http/page';
import type { PageQuery } from '@riparo/shared/http/page-query';
import { action, get, type Described, type Route } from '@riparo/shared/http/route';
import Joi from 'joi';
import type { Dependencies } from '../dependencies.js';
import { acceptInvitationInput, openAccount } from '../user/accept-invitation.js';
import { acceptInvitation, resetPassword as decideReset, verifyEmail as decideVerify } from '../user/by-link.js';
import { resetPassword, resetPasswordInput } from '../user/reset-password.js';
import { verifyEmail, verifyEmailInput } from '../user/verify-email.js';
import { ACCOUNT_PAGES } from './account-html.js';
import { accountPageForm, getAccountPage, submitAccountPage, type AccountPage } from './show-account-page.js';
import { ACCOUNT_PAGE_OPERATIONS } from './account-page.reference.js';

const pageQuery = Joi.object<PageQuery>({ token: Joi.string().description('Of the link that was mailed.'), lang: pageLang() });

/** The page of a link, and where its form goes. */
const pageOf = <Body>(
  deps: Dependencies,
  kind: AccountPage<Body>,
  summary: string,
  operations: readonly [Described, Described],
): readonly Route[] => {
  const path = `/${ACCOUNT_PAGES[kind.purpose]}`;
  const [shown, sent] = operations;
  return [
    get(
      path,
      'public',
      `Shows the page on which somebody ${summary}; mails lead there.`,
      { query: pageQuery },
      getAccountPage(deps, kind),
      {
        ...shown,
        page: true,
      },
    ),
    action(path, 'public', 'Takes the form of that page.', { query: langQuery, body: accountPageForm }, submitAccountPage(deps, kind), {
      ...sent,
      page: true,
    }),
  ];
};

/** Pages that the links of mails lead to. Each does the same as the use case of the API. */
export const accountPageRoutes = (deps: Dependencies): readonly Route[] => [
  ...pageOf(
    deps,
    {
      purpose: 'VERIFY_EMAIL',
      decide: decideVerify,
      schema: verifyEmailInput.body,
      bodyOf: ({ token }) => ({ token }),
      run: verifyEmail(deps),
    },
    'confirms an e-mail address',
    [ACCOUNT_PAGE_OPERATIONS.getVerifyEmailPage, ACCOUNT_PAGE_OPERATIONS.verifyEmailOnPage],
  ),
  ...pageOf(
    deps,
    {
      purpose: 'RESET_PASSWORD',
      decide: (user, link, now) => decideReset(user, link, '', now),
      schema: resetPasswordInput.body,
      bodyOf: ({ token, password }) => ({ token, newPassword: password }),
      run: resetPassword(deps),
    },
    'chooses a new password',
    [ACCOUNT_PAGE_OPERATIONS.getResetPasswordPage, ACCOUNT_PAGE_OPERATIONS.resetPasswordOnPage],
  ),
  ...pageOf(
    deps,
    {
      purpose: 'ACCEPT_INVITATION',
      decide: (user, link) => acceptInvitation(user, link, { passwordHash: '' }),
      schema: acceptInvitationInput.body,
      bodyOf: ({ token, name, password }) => ({ token, password, ...(name === '' ? {} : { name }) }),
      run: openAccount(deps),
    },
    'accepts an invitation',
    [ACCOUNT_PAGE_OPERATIONS.getAcceptInvitationPage, ACCOUNT_PAGE_OPERATIONS.acceptInvitationOnPage],
  ),
];
