import { ArrowUp } from 'lucide-react';
import { Button } from '../../ui/button.tsx';
import { count as inWords } from '../../ui/numbers.ts';

interface NewRowsProps {
  count: number;
  isAtLeast: boolean;
  onShow: () => Promise<void>;
}

/** "37 new", for what would shift the page. Its place is kept while there are none. */
export function NewRows({ count, isAtLeast, onShow }: NewRowsProps) {
  return (
    <div role="status" className="h-7.5">
      {count > 0 && (
        <Button
          size="small"
          icon={<ArrowUp aria-hidden className="size-3.5" />}
          onClick={() => void onShow()}
        >
          {inWords(count)}
          {isAtLeast && '+'} new
        </Button>
      )}
    </div>
  );
}
