const { createElement: element } = React;

function ExamplesIcon() {
  return element(
    'svg',
    { viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', strokeWidth: 1.5, 'aria-hidden': true },
    element('path', { d: 'M5 6h14M5 12h14M5 18h9' }),
  );
}

/** Shows an example in the tab that has it, or in a new one. */
function show(editors, { query }) {
  const index = editors.tabs.findIndex((tab) => tab.query === query);
  if (index >= 0) {
    editors.changeTab(index);
    return;
  }
  editors.addTab();
  // The editor has the new tab's text then
  setTimeout(() => {
    editors.queryEditor.setValue(query);
    editors.queryEditor.focus();
  });
}

function Examples({ examples }) {
  const editors = GraphiQL.React.useEditorContext({ nonNull: true });
  return element(
    'section',
    { className: 'examples', 'aria-label': 'Examples' },
    element('h2', null, 'Examples'),
    element(
      'ul',
      null,
      examples.map((example) =>
        element(
          'li',
          { key: example.name },
          element('button', { type: 'button', onClick: () => show(editors, example) }, example.name),
        ),
      ),
    ),
  );
}

/** The example operations, each of which opens in a tab. */
export const examplesPlugin = (examples) => ({
  title: 'Examples',
  icon: ExamplesIcon,
  content: () => element(Examples, { examples }),
});
