import { html } from './markup';

it('escapes whatever is put in, in text and in attributes', () => {
  const hostile = `<script>alert("1 & '2'")</script>`;
  expect(html`<a title="${hostile}">${hostile}</a>`.text).toBe(
    [
      '<a title="&lt;script&gt;alert(&quot;1 &amp; &#39;2&#39;&quot;)&lt;/script&gt;">',
      '&lt;script&gt;alert(&quot;1 &amp; &#39;2&#39;&quot;)&lt;/script&gt;</a>',
    ].join(''),
  );
});

it('puts parts of a page together as they are', () => {
  const parts = ['a<', 1, undefined].map((each) => html`<li>${each}</li>`);
  expect(html`${parts}`.text).toBe('<li>a&lt;</li><li>1</li><li></li>');
});
