import escapeHtml from 'escape-html';

/** Numbers of one kind, one for each label of the chart, none below 0. */
export interface Series {
  readonly name: string;
  readonly values: readonly number[];
}

export interface Chart {
  /** What it shows, in words; whoever does not see the bars hears this, and reads the table beside it. */
  readonly title: string;
  readonly labels: readonly string[];
  /** At most two. */
  readonly series: readonly Series[];
  /** Writes a value at the axis. */
  readonly write: (value: number) => string;
}

const [WIDTH, HEIGHT] = [640, 160];

const rounded = (value: number): number => Math.round(value * 10) / 10;

const bar = (at: number, width: number, share: number, name: string): string =>
  share === 0
    ? ''
    : `<rect class="${name}" x="${rounded(at)}" y="${rounded(HEIGHT * (1 - share))}" width="${rounded(width)}" height="${rounded(HEIGHT * share)}"/>`;

const legend = (series: readonly Series[]): string =>
  `<p class="legend">${series.map(({ name }, index) => `<span class="bar${index}"></span>${escapeHtml(name)}`).join(' ')}</p>`;

/** A bar chart as SVG in the page itself: no script, no picture to load. Empty where every value is 0. */
export const barChart = ({ title, labels, series, write }: Chart): string => {
  const most = Math.max(0, ...series.flatMap(({ values }) => values));
  if (most === 0) return '';
  const step = WIDTH / labels.length;
  const width = (step * 0.8) / series.length;
  const bars = series.flatMap(({ values }, which) =>
    values.map((value, index) => bar(index * step + step * 0.1 + which * width, width, value / most, `bar${which}`)),
  );
  const [first = '', last = ''] = [labels[0], labels.length > 1 ? labels.at(-1) : ''];
  // Words stand beside the bars and not in them: bars are stretched to the width of the window, words are not.
  return (
    `<figure>${legend(series)}<p class="most">${escapeHtml(write(most))}</p>` +
    `<svg role="img" aria-label="${escapeHtml(title)}" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none">${bars.join('')}</svg>` +
    `<p class="ends"><span>${escapeHtml(first)}</span><span>${escapeHtml(last)}</span></p></figure>`
  );
};

/** For `openPage`, where a page has charts. */
export const CHART_STYLE =
  'figure{margin:1rem 0}figure svg{display:block;width:100%;height:10rem;border:solid var(--line);border-width:1px 0}.most,.ends{margin:.2rem 0;color:var(--soft);font-size:.9rem}.ends{display:flex;justify-content:space-between;gap:1rem}' +
  'rect.bar0{fill:var(--link)}rect.bar1{fill:var(--edge)}.legend span{display:inline-block;width:.8em;height:.8em;margin:0 .4em 0 .8em}.legend span:first-child{margin-inline-start:0}span.bar0{background:var(--link)}span.bar1{background:var(--edge)}' +
  '@media print{.legend span,rect{print-color-adjust:exact;-webkit-print-color-adjust:exact}}';
