import encodeQR from 'qr';
import { useMemo } from 'react';

/** On a clean screen, large modules help more than error correction. Readers need four light modules around the code. */
const OPTIONS = { ecc: 'low', border: 4 } as const;

/** A text to scan. It is dark on light in both colour schemes, because some readers know nothing else. */
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
