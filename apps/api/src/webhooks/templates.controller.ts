import { Controller, Get } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { READY_TEMPLATES } from '@schoolbell/formats';
import { Operation } from '../docs/operation.js';

class TemplateDocument {
  @ApiProperty({ example: 'slack' })
  name!: string;

  @ApiProperty()
  title!: string;

  @ApiProperty({
    description: 'What the template makes, and which settings the webhook needs for it.',
  })
  description!: string;

  @ApiProperty({
    type: [String],
    description: 'The event types for which it makes a body; `*` means all.',
  })
  eventTypes!: readonly string[];

  @ApiProperty({
    description: 'The value for `template`: use it as it is, or begin your own with it.',
  })
  expression!: string;
}

class TemplatesDocument {
  @ApiProperty({ type: [TemplateDocument] })
  data!: readonly TemplateDocument[];
}

@ApiTags('Webhooks')
@Controller('v1/templates')
export class TemplatesController {
  @Get()
  @Operation({
    id: 'listTemplates',
    summary: 'List the ready templates',
    description:
      'For webhooks of the format `custom`: chat messages, and the bodies of other systems.',
    permission: 'any',
    tenant: 'none',
    answer: {
      status: 200,
      description: 'All templates.',
      type: TemplatesDocument,
      example: { data: READY_TEMPLATES.slice(0, 1) },
    },
  })
  list(): TemplatesDocument {
    return { data: READY_TEMPLATES };
  }
}
