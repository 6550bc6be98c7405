import escapeHtml from 'escape-html';

/** A paragraph of text; an empty one is left out. */
export const paragraph = (said: string, name = ''): string =>
  said === '' ? '' : `<p${name === '' ? '' : ` class="${name}"`}>${escapeHtml(said)}</p>`;

/** Names and values; a row without a value is left out. */
export const rows = (all: readonly (readonly [string, string | undefined])[]): string => {
  const shown = all.filter((row): row is [string, string] => row[1] !== undefined && row[1] !== '');
  if (shown.length === 0) return '';
  return `<dl>${shown
    .map(([name, value]) => `<dt>${escapeHtml(name)}</dt><dd dir="auto" class="whole">${escapeHtml(value)}</dd>`)
    .join('')}</dl>`;
};

export interface Field {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  readonly type?: 'text' | 'password';
  readonly autocomplete?: string;
  readonly maxLength: number;
  readonly isOptional?: boolean;
  /** The rule of the field, below its label. */
  readonly hint?: string;
  /** What is wrong with what was typed. */
  readonly fault?: string | undefined;
}

/** A labelled field. Hint and fault are tied to it, so that a screen reader says them with it. */
export const inputField = ({ id, name, label, value = '', type = 'text', hint = '', fault = '', ...field }: Field): string => {
  const told = [hint === '' ? '' : `${id}-hint`, fault === '' ? '' : `${id}-fault`].filter((part) => part !== '').join(' ');
  return (
    `<label for="${id}">${escapeHtml(label)}</label>` +
    (hint === '' ? '' : `<small id="${id}-hint">${escapeHtml(hint)}</small>`) +
    (fault === '' ? '' : `<p class="wrong" id="${id}-fault">${escapeHtml(fault)}</p>`) +
    `<input id="${id}" name="${name}" type="${type}" maxlength="${field.maxLength}"${field.isOptional === true ? '' : ' required'}` +
    `${field.autocomplete === undefined ? '' : ` autocomplete="${field.autocomplete}"`}${fault === '' ? '' : ' aria-invalid="true"'}` +
    `${told === '' ? '' : ` aria-describedby="${told}"`} dir="auto" value="${escapeHtml(value)}">`
  );
};

/** The field in which whoever answers says their name. */
export const nameField = (label: string, id: string, name: string): string =>
  inputField({ id, name: 'name', label, value: name, autocomplete: 'name', maxLength: 200 });

/** How to reach the company, after a question such as `Questions? Contact us:`; nothing where nobody knows. */
export const contactLine = (
  question: string,
  ways: { readonly contactPhone?: string | undefined; readonly contactEmail?: string | undefined } = {},
): string => {
  const known = [ways.contactPhone, ways.contactEmail].filter((way) => way !== undefined && way !== '');
  return known.length === 0 ? '' : paragraph(`${question} ${known.join(' · ')}`);
};

export interface Choice {
  readonly value: string;
  /** HTML. */
  readonly label: string;
}

export interface ChoiceField {
  readonly name: string;
  readonly legend: string;
  readonly choices: readonly Choice[];
  readonly chosen?: string | undefined;
  /** What is wrong with what was chosen. */
  readonly fault?: string;
}

/** One of several, each with a line of its own that is large enough for a finger. */
export const choiceField = ({ name, legend, choices, chosen, fault = '' }: ChoiceField): string => {
  const told = fault === '' ? '' : ` aria-describedby="${name}-fault"`;
  const all = choices.map(
    ({ value, label }) =>
      `<label class="choice"><input type="radio" name="${name}" value="${escapeHtml(value)}" required${value === chosen ? ' checked' : ''}>` +
      `<span>${label}</span></label>`,
  );
  return (
    `<fieldset${told}><legend>${escapeHtml(legend)}</legend>` +
    (fault === '' ? '' : `<p class="wrong" id="${name}-fault">${escapeHtml(fault)}</p>`) +
    `${all.join('')}</fieldset>`
  );
};

/** A field for several lines. */
export const textField = ({ id, name, label, value = '', maxLength, fault = '' }: Omit<Field, 'type' | 'hint' | 'autocomplete'>): string =>
  `<label for="${id}">${escapeHtml(label)}</label>` +
  (fault === '' ? '' : `<p class="wrong" id="${id}-fault">${escapeHtml(fault)}</p>`) +
  `<textarea id="${id}" name="${name}" rows="3" maxlength="${maxLength}" dir="auto"` +
  `${fault === '' ? '' : ` aria-invalid="true" aria-describedby="${id}-fault"`}>${escapeHtml(value)}</textarea>`;

/** Text, to stand in HTML. */
export const escaped = (said: string): string => escapeHtml(said);

/** A cell of a table: text, or HTML of a link. */
export type PageCell = string | { readonly html: string };

export interface PageTable {
  /** Names the table, and the region that scrolls sideways on a phone. */
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first cell names its row. */
  readonly rows: readonly (readonly PageCell[])[];
}

const htmlOf = (cell: PageCell): string => (typeof cell === 'string' ? escapeHtml(cell) : cell.html);

/** A table that scrolls by itself where the window is too narrow; without rows it is left out. */
export const wideTable = ({ caption, columns, rows: all }: PageTable): string => {
  if (all.length === 0) return '';
  const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('');
  const body = all.map(
    ([name = '', ...cells]) =>
      `<tr><th scope="row"><bdi>${htmlOf(name)}</bdi></th>${cells.map((cell) => `<td>${htmlOf(cell)}</td>`).join('')}</tr>`,
  );
  return (
    `<div class="wide" role="region" tabindex="0" aria-label="${escapeHtml(caption)}"><table><caption>${escapeHtml(caption)}</caption>` +
    `<thead><tr>${head}</tr></thead><tbody>${body.join('')}</tbody></table></div>`
  );
};

/** For `openPage`, where a page has wide tables. */
export const TABLE_STYLE =
  '.wide{overflow-x:auto;margin:1rem 0}.wide caption{text-align:start;font-weight:bold;padding:.3rem 0}.wide tbody th{min-width:7rem}.wide thead th{overflow-wrap:normal}.wide thead th+th{text-align:end;padding-inline-start:1rem}@media print{.wide{overflow:visible}}';
