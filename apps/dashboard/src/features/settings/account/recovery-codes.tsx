import { Download } from 'lucide-react';
import { useState } from 'react';
import { useMe } from '../../../app/session/use-me.ts';
import { Button } from '../../../ui/button.tsx';
import { Checkbox } from '../../../ui/checkbox.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { downloadText } from '../../../ui/download-text.ts';

/** Ten codes, shown only once. @param onKept when the user confirms that they have saved them */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const { email } = useMe();
  const [kept, setKept] = useState(false);
  const text = `Recovery codes for Schoolbell\n${email}\n\n${codes.join('\n')}\n\nEach works once.\n`;
  return (
    <div className="flex flex-col gap-4">
      <p>
        <strong>Keep these recovery codes.</strong> Each lets you in once when you have no app at
        hand. They are not shown again.
      </p>
      <ul
        aria-label="Recovery codes"
        className="grid grid-cols-1 gap-x-6 gap-y-1 rounded-lg border border-line bg-sunken p-3.5 font-mono text-sm sm:grid-cols-2"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={codes.join('\n')}>Copy all</CopyButton>
        <Button
          icon={<Download aria-hidden className="size-4" />}
          onClick={() => downloadText('schoolbell-recovery-codes.txt', text)}
        >
          Download
        </Button>
      </div>
      <Checkbox checked={kept} onChange={setKept}>
        I have kept them in a safe place
      </Checkbox>
      <Button look="primary" className="self-end" disabled={!kept} onClick={onKept}>
        Done
      </Button>
    </div>
  );
}
