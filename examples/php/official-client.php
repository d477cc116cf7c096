<?php // PHP 8 with curl and SimpleXML, and in this folder: composer require kaltura/api-client-library

use Kaltura\Client\ApiException;
use Kaltura\Client\Client;
use Kaltura\Client\Configuration;
use Kaltura\Client\Type\FilterPager;
use Kaltura\Client\Type\MediaEntryFilter;

require __DIR__ . '/vendor/autoload.php';

$tokenValue = env('LATCHKEY_TOKEN_VALUE');

function env(string $name): string
{
    return getenv($name) ?: throw new RuntimeException("$name is not set");
}

$config = new Configuration();
$config->setServiceUrl(env('LATCHKEY_URL'));
$client = new Client($config);
$pager = new FilterPager();
$pager->pageSize = 3;

try {
    $widget = $client->getSessionService()->startWidgetSession('_' . env('LATCHKEY_PARTNER_ID'))->ks;
    $client->setKs($widget);
    $tokenHash = hash('sha256', $widget . $tokenValue);
    $client->setKs($client->getAppTokenService()->startSession(env('LATCHKEY_TOKEN_ID'), $tokenHash)->ks);
    $answer = $client->getMediaService()->listAction(new MediaEntryFilter(), $pager);
} catch (ApiException $refusal) {
    fwrite(STDERR, "{$refusal->getCode()}: {$refusal->getMessage()}\n");
    exit(1);
}

$objects = array_map(fn ($entry) => ['id' => $entry->id, 'name' => $entry->name], $answer->objects);
echo json_encode(['totalCount' => $answer->totalCount, 'objects' => $objects], JSON_PRETTY_PRINT), "\n";
