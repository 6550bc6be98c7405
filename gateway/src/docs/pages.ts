/** Look of the sign-in line above the reference. */
export const STYLE = `
#sign-in { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; max-width: 1460px; margin: 0 auto; padding: 1rem 20px; font: 1rem/1.4 system-ui, sans-serif }
#sign-in input { font: inherit; padding: .35rem .5rem; border: 1px solid #6b7280; border-radius: .25rem }
#sign-in button { font: inherit; padding: .4rem 1rem; border: 0; border-radius: .25rem; background: #1d4ed8; color: #fff; cursor: pointer }
`;

/**
 * Signs in on the page itself: the access token goes into every request that is tried out, and is renewed a minute
 * before it ends. Tokens stay in memory and go with the page.
 */
export const START = `
const ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  persistAuthorization: false,
  tryItOutEnabled: true,
  displayRequestDuration: true,
  validatorUrl: null,
});
const form = document.getElementById('sign-in');
const say = (text) => { form.querySelector('output').textContent = text; };
const post = async (path, body) => {
  const answer = await fetch('/api/v1/auth/' + path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
  const content = await answer.json();
  if (!answer.ok) throw new Error(content.detail);
  return content.data;
};
const use = ({ token, refreshToken, expiresAt }) => {
  ui.preauthorizeApiKey('bearer', token);
  setTimeout(() => post('refresh', { refreshToken }).then(use, () => say('Signed out. Sign in again.')), Math.max(5_000, Date.parse(expiresAt) - Date.now() - 60_000));
};
form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const { email, password } = Object.fromEntries(new FormData(form));
  try {
    use(await post('login', { email, password }));
    form.reset();
    say('Signed in as ' + email + '.');
  } catch (error) {
    say(error.message);
  }
});
`;
