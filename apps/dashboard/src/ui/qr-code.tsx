import encodeQR from 'qr';
import { useMemo } from 'react';

/** A screen is not dirty, so that few and large modules are worth more than corrected ones; four are light around them. */
const OPTIONS = { ecc: 'low', border: 4 } as const;

/** A text to be scanned: dark on light in both schemes, since not every reader knows it the other way round. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => drawn(encodeQR(text, 'raw', OPTIONS)), [text]);
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className="size-52 shrink-0 rounded-lg border border-line"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

function drawn(rows: boolean[][]): { size: number; path: string } {
  const dark = rows.flatMap((row, y) =>
    row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')),
  );
  return { size: rows.length, path: dark.join('') };
}
