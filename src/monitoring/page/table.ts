import { html, type Markup, type Shown } from './markup';

export interface Column {
  readonly title: string;
  /** Numbers stand flush right. */
  readonly numeric?: true;
}
export interface TableShown {
  readonly caption: string;
  readonly columns: readonly Column[];
  /** A row for each; its first cell names it. */
  readonly rows: readonly (readonly Shown[])[];
}

const aligned = (column: Column | undefined): Markup => (column?.numeric ? html` class="number"` : html``);

/** A table that says what it is, and what each of its rows and columns is. */
export const table = ({ caption, columns, rows }: TableShown): Markup =>
  html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${columns.map((column) => html`<th scope="col" ${aligned(column)}>${column.title}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([name, ...cells]) =>
          html`<tr>
            <th scope="row">${name}</th>
            ${cells.map((cell, i) => html`<td${aligned(columns[i + 1])}>${cell}</td>`)}
          </tr> `,
      )}
    </tbody>
  </table>`;

/** One of them stands alone; several are a list. */
export const listed = (items: readonly Shown[]): Shown =>
  items.length < 2
    ? items
    : html`<ul>
        ${items.map((item) => html`<li>${item}</li>`)}
      </ul>`;
