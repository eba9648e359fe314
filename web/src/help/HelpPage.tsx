import { useEffect } from 'react';
import troubleshooting from '../../../docs/TROUBLESHOOTING.md?raw';
import { useTheme } from '../ui/useTheme';
import { InlineText } from './InlineText';
import { type Block, parseMarkdown } from './markdown';

const blocks = parseMarkdown(troubleshooting);

/** The page about troubles, the same text as in the documentation; for everybody, signed in or not. */
export function HelpPage() {
  useTheme();

  useEffect(() => {
    document.title = 'Troubleshooting · Calls';
    // The browser looked for it before it was there.
    document.getElementById(window.location.hash.slice(1))?.scrollIntoView();
  }, []);

  return (
    <div className="help" tabIndex={-1}>
      <main className="help-page" data-testid="help">
        {blocks.map((block, index) => (
          <BlockView key={index} block={block} />
        ))}
      </main>
    </div>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'heading': {
      const Heading = `h${block.level}` as const;
      return (
        <Heading id={block.id}>
          <InlineText parts={block.text} />
        </Heading>
      );
    }
    case 'paragraph':
      return (
        <p>
          <InlineText parts={block.text} />
        </p>
      );
    case 'list': {
      const List = block.isOrdered ? 'ol' : 'ul';
      return (
        <List>
          {block.items.map((item, index) => (
            <li key={index}>
              <InlineText parts={item.text} />
              {item.inner.length > 0 && (
                <ul>
                  {item.inner.map((inner, at) => (
                    <li key={at}>
                      <InlineText parts={inner} />
                    </li>
                  ))}
                </ul>
              )}
            </li>
          ))}
        </List>
      );
    }
  }
}
