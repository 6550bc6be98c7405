import { expect } from 'chai';
import { brandOf } from '../../src/pages/brand.js';
import { openPage } from '../../src/pages/layout.js';
import { pageHeaders } from '../../src/pages/page-headers.js';
import { pageLanguage } from '../../src/pages/page-language.js';
import { inputField } from '../../src/pages/parts.js';

const SETTINGS = { companyName: 'Rossi & "Figli"', logoUrl: 'https://cdn.example/logo.png?a=1&b=2', brandColour: '#ffe100' };

describe('pages', () => {
  for (const [chosen, header, usual, language] of [
    ['it', 'en', 'en', 'it'],
    ['de', 'en-GB,it;q=0.5', 'it', 'en'],
    [undefined, 'de, it-CH;q=0.8, en;q=0.7', 'en', 'it'],
    [undefined, 'de', 'it', 'it'],
    [undefined, '*', 'it', 'it'],
    [undefined, 'de, *;q=0.5', 'en', 'en'],
    [undefined, undefined, 'it', 'it'],
    [undefined, ';;q=,', 'en', 'en'],
  ] as const)
    it(`when ${chosen ?? 'nothing'} is chosen, ${header ?? 'nothing'} asked for, ${usual} usual, then ${language}`, () => {
      expect(pageLanguage(chosen, header, usual)).to.equal(language);
    });

  it('when a company has a brand, then the page shows it as text, and readable', () => {
    const page = openPage({ language: 'it', brand: brandOf(SETTINGS), address: '/pay/a?from=b' }, '<T>', '<p>x</p>');
    expect(page).to.include('alt="Rossi &amp; &quot;Figli&quot;"').and.include('src="https://cdn.example/logo.png?a=1&amp;b=2"');
    expect(page).to.include('--brand:#ffe100;--on-brand:#000000').and.include('<h1 dir="auto">&lt;T&gt;</h1>');
    expect(page).to.include('<a href="/pay/a?from=b&amp;lang=en" hreflang="en" lang="en">English</a>');
  });

  it('when logo or colour are not what they should be, then they are left out', () => {
    const brand = brandOf({ companyName: 'R', logoUrl: 'http://cdn.example/logo.png', brandColour: 'red}body{display:none' });
    const page = openPage({ language: 'en', brand }, 'T', '');
    expect(page).to.include('<p><bdi>R</bdi></p>').and.include('--brand:#1f6feb').and.not.include('<img').and.not.include('<nav');
    expect(pageHeaders({ brand })['Content-Security-Policy']).to.not.include('img-src');
  });

  it('when a page has a logo or a script, then its policy allows these and nothing else', () => {
    expect(pageHeaders({ brand: brandOf(SETTINGS), script: 'sha256-abc' })['Content-Security-Policy']).to.equal(
      "default-src 'none'; style-src 'unsafe-inline'; img-src https://cdn.example; script-src 'sha256-abc'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
  });

  it('when a field has a rule and a fault, then both are tied to it', () => {
    const field = inputField({ id: 'p', name: 'p', label: 'P', hint: 'Ten.', fault: 'Too "short".', maxLength: 9 });
    expect(field).to.include('aria-invalid="true"').and.include('aria-describedby="p-hint p-fault"').and.include('Too &quot;short&quot;.');
  });
});
