# Facts about IAM actions, from AWS's Service Authorization Reference: which only read, and which know no resource.
package trueline.lib.actions

import rego.v1

# An action, or a pattern such as `s3:Get*`, that only reads.
reads(action) if regex.match(
	`(?i)^[a-z0-9-]+:(get|list|describe|batch(get|list|describe|check)|view|search|lookup|head|query|scan|select|check|preview|validate|verify|estimate|simulate|filter|detect|download|read|count|discover|resolve|compare|evaluate|eshttpget|eshttphead)`,
	action,
)

reads(action) if {
	parts := split(lower(action), ":")
	parts[1] in readers[parts[0]]
}

# An action to which `Resource: "*"` is the only thing that can be said.
without_resource(action) if {
	parts := split(lower(action), ":")
	some name in ["*", parts[1]]
	name in resourceless[parts[0]]
}

# Reading these everywhere means reading every secret or object there is.
gives_away_data(action) if lower(action) in {
	"s3:getobject",
	"s3:getobjectversion",
	"s3:get*",
	"secretsmanager:batchgetsecretvalue",
	"secretsmanager:getsecretvalue",
	"secretsmanager:get*",
	"ssm:getparameter",
	"ssm:getparameter*",
	"ssm:getparameters",
	"ssm:getparametersbypath",
	"ssm:get*",
}

# With these on every resource a principal can give itself more.
raises_privileges(action) if regex.match(`(?i)^(iam:|organizations:|sts:assumerole|kms:(putkeypolicy|creategrant)|lambda:(addpermission|updatefunctioncode|updatefunctionconfiguration)|s3:putbucketpolicy|ssm:(sendcommand|startsession))`, action)

# Actions that read, though their names do not begin as such.
readers := {
	"apigateway": {"get"},
	"bedrock": {
		"applyguardrail", "invokeagent", "invokeflow", "invokeinlineagent", "invokemodel",
		"invokemodelwithresponsestream", "renderprompt",
	},
	"cloudtrail": {"generatequeryresultssummary"},
	"cloudwatch": {"generatequery"},
	"codeconnections": {
		"passconnection", "passrepository", "registerappcode", "startappregistrationhandshake", "startoauthhandshake",
		"useconnection",
	},
	"codestar-connections": {
		"passconnection", "passrepository", "registerappcode", "startappregistrationhandshake", "startoauthhandshake",
		"useconnection",
	},
	"cognito-idp": {
		"admingetdevice", "admingetuser", "adminlistdevices", "adminlistgroupsforuser", "adminlistuserauthevents",
	},
	"comprehend": {
		"batchdetectdominantlanguage", "batchdetectentities", "batchdetectkeyphrases", "batchdetectsentiment",
		"batchdetectsyntax", "batchdetecttargetedsentiment", "classifydocument", "containspiientities",
	},
	"config": {"deliverconfigsnapshot"},
	"dynamodb": {"conditioncheckitem", "partiqlselect"},
	"eks": {"accesskubernetesapi"},
	"elasticfilesystem": {"clientmount", "replicationread"},
	"es": {"escrossclusterget"},
	"iam": {"generatecredentialreport", "generateorganizationsaccessreport", "generateservicelastaccesseddetails"},
	"kinesis": {"subscribetoshard"},
	"logs": {"startlivetail", "startquery", "stoplivetail", "stopquery", "unmask"},
	"polly": {"synthesizespeech"},
	"rekognition": {"recognizecelebrities"},
	"sagemaker": {"invokeendpoint", "invokeendpointasync", "invokeendpointwithresponsestream", "renderuitemplate"},
	"ssm": {"executeapi", "startexecutionpreview"},
	"states": {"revealsecrets"},
	"textract": {"analyzedocument", "analyzeexpense", "analyzeid"},
	"translate": {"translatedocument", "translatetext"},
	"xray": {"canceltraceretrieval", "starttraceretrieval"},
}

# Actions that write and take no resource.
resourceless := {
	"acm": {"putaccountconfiguration", "requestcertificate"},
	"athena": {"runquery"},
	"backup": {"putrestorevalidationresult", "stopbackupjob", "updateglobalsettings", "updateregionsettings"},
	"cloudformation": {
		"activateorganizationsaccess", "activatetype", "cancelresourcerequest", "creategeneratedtemplate",
		"createresource", "createstackset", "createuploadbucket", "deactivateorganizationsaccess", "deactivatetype",
		"deletegeneratedtemplate", "deleteresource", "deregistertype", "publishtype", "registerpublisher",
		"registertype", "settypeconfiguration", "settypedefaultversion", "startresourcescan", "testtype",
		"updategeneratedtemplate", "updateresource",
	},
	"cloudfront": {
		"createfieldlevelencryptionconfig", "createfieldlevelencryptionprofile", "createkeygroup",
		"createmonitoringsubscription", "createoriginaccesscontrol", "createpublickey", "createsavingsplan",
		"createvpcorigin", "deletekeygroup", "deletemonitoringsubscription", "deletepublickey",
		"updatefieldlevelencryptionconfig", "updatekeygroup", "updatepublickey", "updatesavingsplan",
	},
	"cloudtrail": {
		"deregisterorganizationdelegatedadmin", "registerorganizationdelegatedadmin", "startimport", "stopimport",
	},
	"cloudwatch": {
		"createservicelevelobjective", "deleteanomalydetector", "enabletopologydiscovery", "link",
		"putanomalydetector", "putmanagedinsightrules", "putmetricdata",
	},
	"codeartifact": {"createdomain", "createpackagegroup", "createrepository"},
	"codebuild": {"deleteoauthtoken", "deletesourcecredentials", "importsourcecredentials", "persistoauthtoken"},
	"codecommit": {
		"createapprovalruletemplate", "deleteapprovalruletemplate", "updateapprovalruletemplatecontent",
		"updateapprovalruletemplatedescription", "updateapprovalruletemplatename",
	},
	"codeconnections": {
		"createconnection", "createhost", "deletesyncconfiguration", "updatesyncblocker", "updatesyncconfiguration",
	},
	"codedeploy": {
		"continuedeployment", "createcloudformationdeployment", "deletegithubaccounttoken",
		"deleteresourcesbyexternalid", "putlifecycleeventhookexecutionstatus", "skipwaittimeforinstancetermination",
		"stopdeployment",
	},
	"codepipeline": {
		"acknowledgejob", "acknowledgethirdpartyjob", "pollforthirdpartyjobs", "putjobfailureresult",
		"putjobsuccessresult", "putthirdpartyjobfailureresult", "putthirdpartyjobsuccessresult",
	},
	"codestar-connections": {
		"createconnection", "createhost", "deletesyncconfiguration", "updatesyncblocker", "updatesyncconfiguration",
	},
	"cognito-identity": {
		"createidentitypool", "deleteidentities", "getid", "setidentitypoolroles", "setprincipaltagattributemap",
		"unlinkidentity",
	},
	"cognito-idp": {
		"associatesoftwaretoken", "changepassword", "confirmdevice", "confirmforgotpassword", "confirmsignup",
		"createuserpool", "deleteuser", "deleteuserattributes", "forgetdevice", "forgotpassword", "globalsignout",
		"initiateauth", "resendconfirmationcode", "respondtoauthchallenge", "revoketoken", "setusermfapreference",
		"setusersettings", "signup", "updatedevicestatus", "updateuserattributes", "verifysoftwaretoken",
		"verifyuserattribute",
	},
	"config": {
		"deleteconfigurationrecorder", "deletedeliverychannel", "deletependingaggregationrequest",
		"deleteremediationexceptions", "deleteresourceconfig", "deleteretentionconfiguration",
		"putconfigurationrecorder", "putdeliverychannel", "putevaluations", "putremediationexceptions",
		"putresourceconfig", "putretentionconfiguration", "startconfigurationrecorder", "startremediationexecution",
		"startresourceevaluation", "stopconfigurationrecorder",
	},
	"dynamodb": {"purchasereservedcapacityofferings", "updateabacstatus"},
	"ec2": {
		"acceptreservedinstancesexchangequote", "advertisebyoipcidr", "associateipambyoasn", "associatetrunkinterface",
		"bundleinstance", "cancelbundletask", "cancelconversiontask", "cancelreservedinstanceslisting",
		"confirmproductinstance", "createdefaultsubnet", "createdefaultvpc", "createreservedinstanceslisting",
		"createspotdatafeedsubscription", "createsubnetcidrreservation", "deletequeuedreservedinstances",
		"deletespotdatafeedsubscription", "deletesubnetcidrreservation", "deprovisionbyoipcidr",
		"deregisterinstanceeventnotificationattributes", "disableawsnetworkperformancemetricsubscription",
		"disableebsencryptionbydefault", "disableimageblockpublicaccess", "disableipamorganizationadminaccount",
		"disableserialconsoleaccess", "disablesnapshotblockpublicaccess", "disassociateipambyoasn",
		"disassociatetrunkinterface", "enableawsnetworkperformancemetricsubscription", "enableebsencryptionbydefault",
		"enableimageblockpublicaccess", "enableipamorganizationadminaccount",
		"enablereachabilityanalyzerorganizationsharing", "enableserialconsoleaccess",
		"enablesnapshotblockpublicaccess", "exporttransitgatewayroutes", "injectapierror",
		"modifyavailabilityzonegroup", "modifydefaultcreditspecification", "modifyebsdefaultkmskeyid",
		"modifyidentityidformat", "modifyidformat", "modifyinstancemetadatadefaults", "moveaddresstovpc",
		"provisionbyoipcidr", "purchasereservedinstancesoffering", "purchasescheduledinstances",
		"registerinstanceeventnotificationattributes", "reportinstancestatus", "resetebsdefaultkmskeyid",
		"restoreaddresstoclassic", "runscheduledinstances", "withdrawbyoipcidr",
	},
	"ec2messages": {"*"},
	"ecr": {
		"batchimportupstreamimage", "createpullthroughcacherule", "createrepositorycreationtemplate",
		"deletepullthroughcacherule", "deleteregistrypolicy", "deleterepositorycreationtemplate", "putaccountsetting",
		"putregistrypolicy", "putregistryscanningconfiguration", "putreplicationconfiguration",
		"updatepullthroughcacherule", "updaterepositorycreationtemplate",
	},
	"ecs": {
		"createcapacityprovider", "createtaskset", "deleteaccountsetting", "deregistertaskdefinition",
		"discoverpollendpoint", "putaccountsetting", "putaccountsettingdefault", "registertaskdefinition",
	},
	"eks": {"createcluster", "createeksanywheresubscription", "registercluster"},
	"elasticfilesystem": {"createfilesystem", "putaccountpreferences"},
	"elasticloadbalancing": {"setwebacl"},
	"events": {"putpartnerevents", "putpermission", "removepermission"},
	"iam": {
		"createaccountalias", "deleteaccountalias", "deleteaccountpasswordpolicy", "deletecloudfrontpublickey",
		"disableorganizationsrootcredentialsmanagement", "disableorganizationsrootsessions",
		"enableorganizationsrootcredentialsmanagement", "enableorganizationsrootsessions",
		"setsecuritytokenservicepreferences", "setstsregionalendpointstatus", "updateaccountemailaddress",
		"updateaccountname", "updateaccountpasswordpolicy", "updatecloudfrontpublickey", "uploadcloudfrontpublickey",
	},
	"kinesis": {"disableenhancedmonitoring", "enableenhancedmonitoring", "updateshardcount", "updatestreammode"},
	"kms": {
		"connectcustomkeystore", "createcustomkeystore", "createkey", "deletecustomkeystore",
		"disconnectcustomkeystore", "generaterandom", "updatecustomkeystore",
	},
	"lambda": {"createcodesigningconfig", "createeventsourcemapping"},
	"logs": {
		"cancelexporttask", "createlogdelivery", "deleteaccountpolicy", "deleteindexpolicy", "deletelogdelivery",
		"deletequerydefinition", "deleteresourcepolicy", "link", "putaccountpolicy", "putindexpolicy",
		"putquerydefinition", "putresourcepolicy", "updatelogdelivery",
	},
	"rds": {
		"cancelexporttask", "createdbproxy", "crossregioncommunication", "modifycertificates",
		"modifydbrecommendation", "modifyrecommendation",
	},
	"redshift": {
		"acceptreservednodeexchange", "addpartner", "authorizeendpointaccess", "cancelquery", "cancelquerysession",
		"createauthenticationprofile", "createendpointaccess", "createinboundintegration", "createqev2idcapplication",
		"createredshiftidcapplication", "createsavedquery", "createscheduledaction", "deleteauthenticationprofile",
		"deleteendpointaccess", "deletepartner", "deletesavedqueries", "deletescheduledaction", "executequery",
		"modifyauthenticationprofile", "modifyclustermaintenance", "modifyendpointaccess", "modifysavedquery",
		"modifyscheduledaction", "purchasereservednodeoffering", "revokeendpointaccess", "updatepartnerstatus",
	},
	"redshift-data": {"cancelstatement"},
	"rekognition": {
		"createfacelivenesssession", "startcelebrityrecognition", "startcontentmoderation", "startfacedetection",
		"startfacelivenesssession", "startlabeldetection", "startpersontracking", "startsegmentdetection",
		"starttextdetection",
	},
	"resource-groups": {"creategroup", "updateaccountsettings"},
	"route53": {
		"createcidrcollection", "createhealthcheck", "createhostedzone", "createreusabledelegationset",
		"createtrafficpolicy",
	},
	"route53resolver": {"createresolverquerylogconfig"},
	"s3": {
		"createjob", "createstoragelensgroup", "putaccesspointpublicaccessblock", "putaccountpublicaccessblock",
		"putstoragelensconfiguration",
	},
	"sagemaker": {
		"createlineagegrouppolicy", "deletelineagegrouppolicy", "deleteresourcepolicy",
		"disablesagemakerservicecatalogportfolio", "enablesagemakerservicecatalogportfolio", "putlineagegrouppolicy",
		"putresourcepolicy",
	},
	"securityhub": {
		"batchupdatestandardscontrolassociations", "createautomationrule", "createconfigurationpolicy",
		"createfindingaggregator", "updatesecuritycontrol",
	},
	"servicediscovery": {
		"createhttpnamespace", "createprivatednsnamespace", "createpublicdnsnamespace", "tagresource", "untagresource",
		"updateinstancecustomhealthstatus",
	},
	"ses": {
		"clonereceiptruleset", "createaddoninstance", "createaddonsubscription", "createarchive",
		"createconfigurationsettrackingoptions", "createexportjob", "createimportjob", "createingresspoint",
		"createreceiptfilter", "createreceiptrule", "createreceiptruleset", "createrelay", "createruleset",
		"createtemplate", "createtrafficpolicy", "deleteconfigurationsettrackingoptions", "deleteidentity",
		"deleteidentitypolicy", "deletereceiptfilter", "deletereceiptrule", "deletereceiptruleset",
		"deletesuppresseddestination", "deletetemplate", "deleteverifiedemailaddress",
		"putaccountdedicatedipwarmupattributes", "putaccountdetails", "putaccountsendingattributes",
		"putaccountsuppressionattributes", "putaccountvdmattributes", "putdedicatedipwarmupattributes",
		"putdeliverabilitydashboardoption", "putidentitypolicy", "putsuppresseddestination", "reorderreceiptruleset",
		"setactivereceiptruleset", "setidentitydkimenabled", "setidentityfeedbackforwardingenabled",
		"setidentityheadersinnotificationsenabled", "setidentitymailfromdomain", "setidentitynotificationtopic",
		"setreceiptruleposition", "testrendertemplate", "updateaccountsendingenabled",
		"updateconfigurationsetreputationmetricsenabled", "updateconfigurationsetsendingenabled",
		"updateconfigurationsettrackingoptions", "updatereceiptrule", "updatetemplate", "verifydomaindkim",
		"verifydomainidentity", "verifyemailaddress", "verifyemailidentity",
	},
	"sns": {
		"createplatformapplication", "createplatformendpoint", "createsmssandboxphonenumber", "deleteendpoint",
		"deleteplatformapplication", "deletesmssandboxphonenumber", "optinphonenumber", "setendpointattributes",
		"setplatformapplicationattributes", "setsmsattributes", "setsubscriptionattributes", "unsubscribe",
		"verifysmssandboxphonenumber",
	},
	"ssm": {
		"cancelcommand", "createactivation", "createmaintenancewindow", "createopsitem", "createopsmetadata",
		"createpatchbaseline", "deleteactivation", "deleteinventory", "putconfigurepackageresult", "putinventory",
		"registermanagedinstance",
	},
	"ssmmessages": {"*"},
	"states": {"invokehttpendpoint", "sendtaskfailure", "sendtaskheartbeat", "sendtasksuccess", "teststate"},
	"sts": {"decodeauthorizationmessage"},
	"synthetics": {"createcanary", "creategroup"},
	"tag": {"startreportcreation", "tagresources", "untagresources"},
	"textract": {"*"},
	"transcribe": {"*"},
	"translate": {"stoptexttranslationjob"},
	"wafv2": {"createapikey", "deleteapikey"},
	"xray": {
		"deleteresourcepolicy", "link", "putencryptionconfig", "putresourcepolicy", "putspans", "putspansforindexing",
		"puttelemetryrecords", "puttracesegments", "updateindexingrule", "updatetracesegmentdestination",
	},
}
