import { Link } from '@tanstack/react-router';
import { FORMAT_GUIDES, FORMATS, type Format } from './format-guides.ts';

/** The formats, each a link to its description; a format that cannot carry the type says so. */
export function FormatList({ chosen, carrying }: { chosen: Format; carrying: readonly string[] }) {
  return (
    <nav aria-label="Formats">
      <ul>
        {FORMATS.map((format) => (
          <li key={format}>
            <Link
              to="/guide/{-$topic}"
              params={{ topic: 'formats' }}
              search={(now) => ({ ...now, format })}
              replace
              resetScroll={false}
              aria-current={format === chosen ? 'page' : undefined}
              className="flex items-baseline justify-between gap-2 rounded-md px-2 py-1 text-muted hover:bg-hover hover:text-ink aria-[current=page]:bg-calm-tint aria-[current=page]:text-ink"
            >
              <span className="truncate">{FORMAT_GUIDES[format].title}</span>
              {!carrying.includes(format) && (
                <span className="text-xs whitespace-nowrap">not this type</span>
              )}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
